package dev.adjoint.train.diagnosis;

/// Something that can be looked at in a training.
@FunctionalInterface
public interface Check {
    /// Looks at a training; the subject is not changed.
    <M, B> CheckResult run(Subject<M, B> subject);
}
