package dev.adjoint.jvm;

import dev.adjoint.compile.Cluster;
import dev.adjoint.op.Composite;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.KernelProvider;
import dev.adjoint.run.Pool;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.Optional;

/// A float kernel for operands of 16 bits: they are widened before it runs, and what it computes is rounded once more.
/// Movements come out exact; sums and products are those of float32.
public final class Widened implements Kernel {
    private final Kernel kernel;
    private final List<TensorType> inputs;
    private final List<TensorType> outputs;
    private final Workers workers;
    private final Pool<Floats> idle = new Pool<>(this::floats);

    private Widened(Kernel kernel, Cluster half, Workers workers) {
        this.kernel = kernel;
        this.inputs = half.inputTypes();
        this.outputs = half.outputTypes();
        this.workers = workers;
    }

    /// A provider's kernel for the same primitive on floats, if it has one. Composites of 16 bits are expanded: what they keep
    /// between their operators is rounded where the expansion rounds it.
    public static Optional<Kernel> of(Cluster half, KernelProvider floats, Workers workers) {
        if (!half.isSingle() || half.op() instanceof Composite) {
            return Optional.empty();
        }
        Cluster wide = Cluster.of(
                half.op(), half.inputTypes().stream().map(Widened::type).toList());
        return floats.kernel(wide, workers).map(kernel -> new Widened(kernel, half, workers));
    }

    static boolean isHalf(DType dtype) {
        return dtype == DType.BF16 || dtype == DType.F16;
    }

    private static TensorType type(TensorType type) {
        return isHalf(type.dtype()) ? type.withDtype(DType.F32) : type;
    }

    /// The floats of one run at a time; empty places where the numbers are used as they are.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Floats(Elements[] inputs, Elements[] outputs) {
        static Floats of(Widened kernel) {
            return new Floats(allocate(kernel.inputs), allocate(kernel.outputs));
        }

        private static Elements[] allocate(List<TensorType> types) {
            return types.stream()
                    .map(type -> Elements.allocate(
                            DType.F32, isHalf(type.dtype()) ? type.shape().count() : 0))
                    .toArray(Elements[]::new);
        }
    }

    private Floats floats() {
        return Floats.of(this);
    }

    @Override
    public boolean overwrites() {
        return kernel.overwrites() && outputs.stream().allMatch(type -> isHalf(type.dtype()));
    }

    @Override
    public void run(Elements[] given, Elements[] results) {
        Floats floats = idle.borrow();
        Elements[] x = given.clone();
        Elements[] y = results.clone();
        for (int i = 0; i < x.length; i++) {
            DType dtype = inputs.get(i).dtype();
            if (isHalf(dtype)) {
                x[i] = floats.inputs[i];
                new HalfFloats(dtype, workers).widen(given[i], x[i].floats());
            }
        }
        for (int i = 0; i < y.length; i++) {
            if (isHalf(outputs.get(i).dtype())) {
                y[i] = floats.outputs[i];
                if (!kernel.overwrites()) {
                    y[i].clear();
                }
            }
        }
        kernel.run(x, y);
        for (int i = 0; i < y.length; i++) {
            DType dtype = outputs.get(i).dtype();
            if (isHalf(dtype)) {
                new HalfFloats(dtype, workers).narrow(y[i].floats(), results[i]);
            }
        }
        idle.giveBack(floats);
    }
}
