package dev.adjoint.run;

import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// A function of numbers that goes by way of tensors, which are made anew in every call.
///
/// @param executable what computes; donates nothing
record NumericByTensors(Executable executable) implements NumericFunction {
    @Override
    public void apply(double[] arguments, double[] results) {
        NumericFunction.check(arguments, count(executable.plan().arguments()), results, results());
        Array[] given = new Array[executable.plan().arguments().size()];
        int at = 0;
        for (int i = 0; i < given.length; i++) {
            TensorType type = executable.plan().arguments().get(i);
            Elements elements = Elements.allocate(type.dtype(), type.shape().count());
            for (int k = 0; k < elements.count(); k++) {
                elements.set(k, arguments[at++]);
            }
            given[i] = Array.of(type, elements);
        }
        int to = 0;
        for (Array result : executable.compute(given)) {
            Elements elements = result.elements();
            for (int k = 0; k < elements.count(); k++) {
                results[to++] = elements.get(k);
            }
        }
    }

    @Override
    public int results() {
        return count(executable.plan().resultTypes());
    }

    private static int count(List<TensorType> types) {
        return Math.toIntExact(
                types.stream().mapToLong(type -> type.shape().count()).sum());
    }
}
