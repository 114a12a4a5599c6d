/// Tensors and models as files. In come bytes of a documented format, out go named arrays, and the other way round.
module dev.adjoint.io {
    requires static org.jspecify;
    requires transitive dev.adjoint.run;
    requires tools.jackson.databind;
}
