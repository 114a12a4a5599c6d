package dev.adjoint.testkit;

import dev.adjoint.op.Op;
import dev.adjoint.op.Sample;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.Key;
import java.util.ArrayList;
import java.util.List;

/// The [Law]s of one operator at its samples, for operators of the catalogue and for a user's own.
///
/// {@snippet :
/// OpLaws.of(Sin.class).check(); // all at once
/// for (LawCase law : OpLaws.of(Sin.class).cases()) { // one by one, for instance as dynamic tests
///     law.check();
/// }
/// }
///
/// @param samples the operator with operands
/// @param kernels whose providers are held to the reference
/// @param key what everything is drawn with
public record OpLaws(List<Sample> samples, Kernels kernels, Key key) {
    private static final int SHOWN = 5;

    public OpLaws {
        samples = List.copyOf(samples);
    }

    /// The laws of an operator class at what its static method `samples()` states.
    ///
    /// @throws AssertionError if it states none
    public static OpLaws of(Class<? extends Op> operator) {
        return of(Samples.of(operator));
    }

    /// The laws at given samples.
    public static OpLaws of(List<Sample> samples) {
        return new OpLaws(samples, Kernels.installed(), Key.of(231));
    }

    /// The laws at one sample.
    public static OpLaws of(Sample sample) {
        return of(List.of(sample));
    }

    /// The same laws for the providers of other kernels.
    public OpLaws with(Kernels kernels) {
        return new OpLaws(samples, kernels, key);
    }

    /// The same laws at other numbers.
    public OpLaws with(Key key) {
        return new OpLaws(samples, kernels, key);
    }

    /// Every law at every sample.
    public List<LawCase> cases() {
        List<LawCase> cases = new ArrayList<>();
        for (Law law : Law.values()) {
            samples.forEach(sample -> cases.add(new LawCase(law, sample, kernels, key)));
        }
        return List.copyOf(cases);
    }

    /// Tests every law at every sample.
    ///
    /// @throws AssertionError listing the first broken laws
    public void check() {
        List<String> broken = new ArrayList<>();
        for (LawCase at : cases()) {
            try {
                at.check();
            } catch (AssertionError e) {
                broken.add(e.getMessage());
            }
        }
        if (!broken.isEmpty()) {
            String list = String.join("\n  ", broken.subList(0, Math.min(SHOWN, broken.size())));
            throw new AssertionError(broken.size() + " of " + cases().size() + " cases are broken:\n  " + list);
        }
    }
}
