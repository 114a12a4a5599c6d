/// Datasets, loaders, batching, augmentation and embedded data. In come files or arrays, out go batches.
module dev.adjoint.data {
    requires static org.jspecify;
    requires transitive dev.adjoint.run;
    requires de.siegmar.fastcsv;
}
