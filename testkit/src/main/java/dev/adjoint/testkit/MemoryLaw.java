package dev.adjoint.testkit;

import dev.adjoint.compile.Cluster;
import dev.adjoint.op.Sample;
import dev.adjoint.run.Array;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.KernelProvider;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.FactorizationFailure;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Kernels keep to the elements of their operands and results: arrays may be longer, hold anything where nothing was written
/// yet, and be those of an operand where the kernel says so.
final class MemoryLaw {
    /// Elements behind those that are meant: more than a register holds.
    private static final int BEHIND = 37;

    private MemoryLaw() {}

    static void check(LawCase at) {
        Stream.concat(Samples.typed(at.sample()).stream(), Samples.grown(at.sample()).stream())
                .forEach(sample -> check(at.at(sample), new Draw(at.key()).operands(sample)));
    }

    private static void check(LawCase at, List<Array> operands) {
        Sample sample = at.sample();
        Cluster cluster = Cluster.of(sample.op(), sample.types());
        for (KernelProvider provider : at.kernels().providers()) {
            provider.kernel(cluster, at.kernels().workers()).ifPresent(kernel -> {
                try {
                    new Runs(provider.name(), kernel, operands, cluster.outputTypes()).check();
                } catch (FactorizationFailure refused) {
                    return; // numbers that it refuses are the subject of another law
                }
            });
        }
    }

    /// A kernel with its operands and the types of its results.
    private record Runs(String provider, Kernel kernel, List<Array> operands, List<TensorType> types) {
        void check() {
            Elements[] expected = fresh();
            kernel.run(operands.stream().map(Array::elements).toArray(Elements[]::new), expected);
            inLongerArrays(expected);
            for (int input = 0; input < operands.size(); input++) {
                for (int output = 0; output < expected.length; output++) {
                    if (kernel.mayOverwrite(input, output)) {
                        inPlace(expected, input, output);
                    }
                }
            }
        }

        private Elements[] fresh() {
            return types.stream()
                    .map(type -> Elements.allocate(type.dtype(), type.shape().count()))
                    .toArray(Elements[]::new);
        }

        private void inLongerArrays(Elements[] expected) {
            List<Elements> whole = new ArrayList<>();
            Elements[] inputs = new Elements[operands.size()];
            for (int i = 0; i < inputs.length; i++) {
                Elements given = operands.get(i).elements();
                whole.add(garbage(given.dtype(), given.count() + BEHIND));
                copy(given, whole.getLast());
                inputs[i] = whole.getLast().first(given.count());
            }
            Elements[] outputs = new Elements[expected.length];
            for (int i = 0; i < outputs.length; i++) {
                whole.add(garbage(expected[i].dtype(), expected[i].count() + BEHIND));
                outputs[i] = whole.getLast().first(expected[i].count());
                if (!kernel.overwrites()) {
                    outputs[i].clear();
                }
            }
            kernel.run(inputs, outputs);
            compare(expected, outputs, "in longer arrays");
            for (Elements elements : whole) {
                for (int i = elements.count() - BEHIND; i < elements.count(); i++) {
                    if (Double.compare(elements.get(i), garbage(elements.dtype())) != 0) {
                        throw broken("writes behind the end of an operand or a result");
                    }
                }
            }
        }

        private void inPlace(Elements[] expected, int input, int output) {
            Elements[] inputs =
                    operands.stream().map(x -> Array.copy(x).elements()).toArray(Elements[]::new);
            Elements[] outputs = fresh();
            outputs[output] = inputs[input];
            kernel.run(inputs, outputs);
            compare(expected, outputs, "with result " + output + " in the place of operand " + input);
        }

        private void compare(Elements[] expected, Elements[] found, String where) {
            for (int i = 0; i < expected.length; i++) {
                if (!found[i].equals(expected[i])) {
                    throw broken("computes something else " + where);
                }
            }
        }

        private AssertionError broken(String how) {
            return new AssertionError("provider " + provider + " " + how);
        }
    }

    private static Elements garbage(DType dtype, int count) {
        Elements elements = Elements.allocate(dtype, count);
        for (int i = 0; i < count; i++) {
            elements.set(i, garbage(dtype));
        }
        return elements;
    }

    private static double garbage(DType dtype) {
        return dtype.isFloating() ? Double.NaN : 1;
    }

    private static void copy(Elements from, Elements to) {
        for (int i = 0; i < from.count(); i++) {
            if (from.dtype().isFloating()) {
                to.set(i, from.get(i));
            } else {
                to.setLong(i, from.getLong(i));
            }
        }
    }
}
