package dev.adjoint.jmh;

import dev.adjoint.graph.Trace;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.run.Kernels;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.function.Function;

/// A compiled function with arguments that stay the same.
///
/// @param executable the function
/// @param arguments what it is run with
record Kernel(Executable executable, List<Tensor> arguments) {
    /// A function on one thread, compiled for the first provider of this name and those behind it.
    static Kernel of(String provider, Function<List<Tensor>, Tensor> f, List<Tensor> arguments) {
        Kernels all = Kernels.installed(Workers.of(1));
        Kernels chosen = new Kernels(
                all.providers().stream()
                        .dropWhile(p -> !p.name().equals(provider))
                        .toList(),
                all.workers());
        return new Kernel(Executable.compile(Trace.of(arguments, f).graph(), chosen), arguments);
    }

    /// Normal float32 numbers.
    static Array normal(long seed, long... dims) {
        return Array.of(Array.key(Key.of(seed)).normal(TensorType.of(DType.F32, dims)));
    }

    List<Array> run() {
        return executable.run(arguments);
    }
}
