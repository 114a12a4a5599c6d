package dev.adjoint.testkit;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Catalog;
import dev.adjoint.op.Op;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Source;
import dev.adjoint.op.control.While;
import dev.adjoint.op.elementwise.StopGradient;
import dev.adjoint.tensor.AdjointException;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.transform.ControlSamples;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A graph of operators of the catalogue, each applied to whatever earlier values it accepts.
final class RandomGraph {
    private static final List<Op> OPERATORS = operators();
    private static final int TRIES_PER_CALL = 400;
    private static final long LARGEST = 40;

    private final Key key;
    private final List<Value> values = new ArrayList<>();
    private int drawn;

    private RandomGraph(Key key) {
        this.key = key;
    }

    /// A graph of that many calls over inputs f64[2,3], f64[3], f64[] and i64[2], of which the last values are outputs.
    static Graph of(Key key, int calls) {
        RandomGraph random = new RandomGraph(key);
        List<Value> inputs = List.of(
                Value.input("x", TensorType.of(DType.F64, 2, 3)),
                Value.input("y", TensorType.of(DType.F64, 3)),
                Value.input("z", TensorType.of(DType.F64)),
                Value.input("i", TensorType.of(DType.I64, 2)));
        random.values.addAll(inputs);
        for (int i = 0; i < calls; i++) {
            random.call();
        }
        int all = random.values.size();
        return new Graph(inputs, List.copyOf(random.values.subList(all - 3, all)));
    }

    /// A stopped gradient is wrong on purpose, sources take no values, while has no reverse mode.
    private static List<Op> operators() {
        return Catalog.operators().stream()
                .flatMap(op -> samples(op).map(Sample::op))
                .filter(op -> !(op instanceof Source || op instanceof StopGradient || op instanceof While))
                .distinct()
                .toList();
    }

    private static Stream<Sample> samples(Class<? extends Op> op) {
        return Stream.concat(Catalog.samples(op).stream(), ControlSamples.of(op).stream());
    }

    private int draw(int bound) {
        return (int) (key.uniform(drawn++) * bound);
    }

    private void call() {
        for (int attempt = 0; attempt < TRIES_PER_CALL; attempt++) {
            Op op = OPERATORS.get(draw(OPERATORS.size()));
            List<Value> operands = new ArrayList<>();
            for (int i = draw(3); i >= 0; i--) {
                // Newer values are chosen more often, so that graphs grow deep.
                operands.add(values.get(Math.max(draw(values.size()), draw(values.size()))));
            }
            if (accepts(op, operands)) {
                values.addAll(Value.call(op, operands));
                return;
            }
        }
        throw new IllegalStateException("no operator accepts any of " + values);
    }

    /// Where numbers are rounded to fewer digits, differences see steps and kernels differ by more.
    private static boolean isNarrow(DType dtype) {
        return dtype.isFloating() && dtype != DType.F64;
    }

    private static boolean accepts(Op op, List<Value> operands) {
        try {
            return op.infer(operands.stream().map(Value::type).toList()).stream()
                    .allMatch(t -> t.shape().count() <= LARGEST && !isNarrow(t.dtype()));
        } catch (AdjointException e) {
            return false;
        }
    }
}
