/// Data sets: tables of examples, their split and their minibatches.
///
/// In come files of numbers, or the real data embedded here (digits, iris, wine, breast cancer; no network is needed);
/// out go batches of tensors in an order that a random key decides, so that a run can be repeated and resumed.
module dev.adjoint.data {
    requires static org.jspecify;
    requires transitive dev.adjoint.run;
    requires de.siegmar.fastcsv;

    exports dev.adjoint.data;
}
