package dev.adjoint.op.indexing;

import dev.adjoint.tensor.Elements;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;

/// Writes runs of updates into the target of a [Scatter].
final class Updates {
    private final Elements updates;
    private final Elements target;

    private Updates(Elements updates, Elements target) {
        this.updates = updates;
        this.target = target;
    }

    static Places.Run of(Scatter.Combine combine, Elements updates, Elements target) {
        Updates into = new Updates(updates, target);
        return switch (combine) {
            case SET -> into::set;
            case ADD -> into.adding();
            case MULTIPLY -> into.combining((x, u) -> x * u, (x, u) -> x * u);
            case MAX -> into.combining(Math::max, Math::max);
            case MIN -> into.combining(Math::min, Math::min);
        };
    }

    @SuppressWarnings("SuspiciousSystemArraycopy")
    private void set(int to, int from, int length) {
        System.arraycopy(updates.array(), from, target.array(), to, length);
    }

    /// Loops without calls for the types that gradients have: this is the gradient of every embedding.
    private Places.Run adding() {
        return switch (target.dtype()) {
            case F32 -> this::addFloats;
            case F64 -> this::addDoubles;
            case BF16, F16, I8, U8, I32, I64, BOOL -> combining(Double::sum, Long::sum);
        };
    }

    private void addFloats(int to, int from, int length) {
        float[] y = target.floats();
        float[] u = updates.floats();
        for (int i = 0; i < length; i++) {
            y[to + i] += u[from + i];
        }
    }

    private void addDoubles(int to, int from, int length) {
        double[] y = target.doubles();
        double[] u = updates.doubles();
        for (int i = 0; i < length; i++) {
            y[to + i] += u[from + i];
        }
    }

    private Places.Run combining(DoubleBinaryOperator numbers, LongBinaryOperator integers) {
        if (!target.dtype().isFloating()) {
            return (to, from, length) -> {
                for (int i = 0; i < length; i++) {
                    target.setLong(to + i, integers.applyAsLong(target.getLong(to + i), updates.getLong(from + i)));
                }
            };
        }
        return (to, from, length) -> {
            for (int i = 0; i < length; i++) {
                target.set(to + i, numbers.applyAsDouble(target.get(to + i), updates.get(from + i)));
            }
        };
    }
}
