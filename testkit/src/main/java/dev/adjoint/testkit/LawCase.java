package dev.adjoint.testkit;

import dev.adjoint.op.Sample;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.AdjointException;
import dev.adjoint.tensor.Key;
import java.util.stream.Collectors;

/// One law for one operator at one sample: what a test framework runs as one test.
///
/// @param law the law
/// @param sample the operator and how its operands are drawn
/// @param kernels whose providers are held to the reference
/// @param key what everything is drawn with
public record LawCase(Law law, Sample sample, Kernels kernels, Key key) {
    /// `softmax[axis=-1] on f64[2,3]: batching equals a loop`.
    public String name() {
        String operands = sample.types().stream().map(Object::toString).collect(Collectors.joining(" "));
        return call() + (operands.isEmpty() ? "" : " on " + operands) + ": " + law.statement();
    }

    private String call() {
        String statement = sample.op().toString();
        return statement.endsWith("[]") ? sample.op().name() : statement;
    }

    /// Tests the law.
    ///
    /// @throws AssertionError naming the case, what was found and the key, if the law is broken
    public void check() {
        try {
            law.check(this);
        } catch (AssertionError | AdjointException broken) {
            throw new AssertionError(name() + ": broken: " + broken.getMessage() + " (" + key + ")", broken);
        } catch (RuntimeException unexpected) {
            throw new AssertionError(name() + ": broken: " + unexpected + " (" + key + ")", unexpected);
        }
    }

    /// The same law at a sample of the same operator with other types.
    LawCase at(Sample other) {
        return new LawCase(law, other, kernels, key);
    }

    @Override
    public String toString() {
        return name();
    }
}
