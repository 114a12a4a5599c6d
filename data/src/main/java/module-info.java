/// Data sets: tables, images and text, their splits, their minibatches, and what changes them on the way.
///
/// In come files (CSV, IDX, images, text), downloads checked by their digests, generated sets, or the real data embedded
/// here (digits, iris, wine, breast cancer; no network is needed); out go batches of tensors in an order that a random key
/// decides, so that a run can be repeated and resumed.
module dev.adjoint.data {
    requires static org.jspecify;
    requires transitive dev.adjoint.run;
    requires de.siegmar.fastcsv;
    requires java.desktop; // PNG and JPEG
    requires java.net.http;

    exports dev.adjoint.data;
    exports dev.adjoint.data.catalog;
    exports dev.adjoint.data.download;
    exports dev.adjoint.data.generated;
    exports dev.adjoint.data.idx;
    exports dev.adjoint.data.image;
    exports dev.adjoint.data.loader;
    exports dev.adjoint.data.table;
    exports dev.adjoint.data.text;
    exports dev.adjoint.data.transform;
}
