/// Tensors and models as files.
///
/// In come bytes of a documented format, out go named arrays or a model that holds them, and the other way round. A
/// file that is read is checked before anything is allocated for it; one that is written replaces the old one in one
/// step.
module dev.adjoint.io {
    requires static org.jspecify;
    requires transitive dev.adjoint.run;
    requires com.google.protobuf;
    requires tools.jackson.core;

    exports dev.adjoint.io;
}
