package dev.adjoint.jvm;

import dev.adjoint.compile.Cluster;
import dev.adjoint.run.Kernel;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// A float kernel for operands of 16 bits: they are widened before it runs, and what it computes is rounded once more.
/// Movements come out exact; sums and products are those of float32.
record Widened(Kernel kernel, List<DType> results) implements Kernel {
    Widened {
        results = List.copyOf(results);
    }

    static boolean isHalf(DType dtype) {
        return dtype == DType.BF16 || dtype == DType.F16;
    }

    /// The same calls on floats.
    static Cluster cluster(Cluster half) {
        return Cluster.of(
                half.op(), half.inputTypes().stream().map(Widened::type).toList());
    }

    private static TensorType type(TensorType type) {
        return isHalf(type.dtype()) ? type.withDtype(DType.F32) : type;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        Elements[] wideInputs = new Elements[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            wideInputs[i] = isHalf(inputs[i].dtype()) ? converted(inputs[i], DType.F32) : inputs[i];
        }
        Elements[] wideOutputs = new Elements[outputs.length];
        for (int i = 0; i < outputs.length; i++) {
            wideOutputs[i] = isHalf(results.get(i)) ? Elements.allocate(DType.F32, outputs[i].count()) : outputs[i];
        }
        kernel.run(wideInputs, wideOutputs);
        for (int i = 0; i < outputs.length; i++) {
            if (isHalf(results.get(i))) {
                convert(wideOutputs[i], outputs[i]);
            }
        }
    }

    private static Elements converted(Elements x, DType dtype) {
        Elements y = Elements.allocate(dtype, x.count());
        convert(x, y);
        return y;
    }

    private static void convert(Elements x, Elements y) {
        for (int i = 0; i < x.count(); i++) {
            y.set(i, x.get(i));
        }
    }
}
