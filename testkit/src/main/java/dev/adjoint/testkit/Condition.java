package dev.adjoint.testkit;

import dev.adjoint.op.Movement;
import dev.adjoint.op.movement.Fold;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The condition of an operator, measured where it is tested: by how much its results move when its operands move by a few
/// units of rounding.
///
/// @param results what the operator gives
/// @param felt by how much every element of every result moves
record Condition(List<Array> results, List<double[]> felt) {
    private static final int TRIALS = 6;

    /// By how many units of rounding operands are moved.
    private static final double UNITS = 4;

    /// How many units of rounding a result may be off by itself.
    private static final double FEW = 8;

    /// How many times the measured movement a result may be off: the trials need not meet the worst direction.
    private static final double TIMES = 4;

    /// The condition of an operator at operands of its own element types.
    static Condition at(Executable operator, List<Array> operands, Key key) {
        return at(operator, operands, operands.stream().map(Array::dtype).toList(), key);
    }

    /// The condition with respect to operands that were rounded to other types.
    static Condition at(Executable operator, List<Array> operands, List<DType> roundings, Key key) {
        List<Array> results = operator.run(operands);
        List<double[]> felt =
                results.stream().map(y -> new double[y.elements().count()]).toList();
        for (int trial = 0; trial < TRIALS; trial++) {
            List<Array> moved = operator.run(new Draw(key.fold(trial)).jittered(operands, roundings, UNITS));
            for (int i = 0; i < moved.size(); i++) {
                widen(felt.get(i), moved.get(i).toDoubles(), results.get(i).toDoubles());
            }
        }
        return new Condition(results, felt);
    }

    /// The condition with movements some times as large.
    Condition times(double factor) {
        return new Condition(
                results,
                felt.stream()
                        .map(moves ->
                                Arrays.stream(moves).map(move -> factor * move).toArray())
                        .toList());
    }

    private static void widen(double[] felt, double[] moved, double[] result) {
        Arrays.setAll(felt, i -> {
            double distance = Math.abs(moved[i] - result[i]);
            return Double.isFinite(distance) ? Math.max(felt[i], distance) : felt[i];
        });
    }

    /// How far each element of a result may be from an exact one, if it is rounded to a type of this unit of rounding.
    ///
    /// @param floor the size that smaller numbers are rounded as: 0 if every number keeps its digits
    double[] allowed(int result, double epsilon, double floor) {
        double[] y = results.get(result).toDoubles();
        double[] allowed = new double[y.length];
        Arrays.setAll(allowed, i -> FEW * epsilon * Math.max(floor, Math.abs(y[i])) + TIMES * felt.get(result)[i]);
        return allowed;
    }

    /// Agreement with the results up to rounding, for numbers of size 1 and more relative to their size.
    List<Agreement> bounds() {
        List<Agreement> bounds = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            double[] y = results.get(i).toDoubles();
            double[] moves = felt.get(i);
            double few = FEW * Coordinates.epsilon(results.get(i).dtype());
            bounds.add(new Agreement(element -> few + TIMES * moves[element] / Math.max(1, Math.abs(y[element]))));
        }
        return bounds;
    }

    /// Tests results of another way to compute the same: equal in every bit if the operator only moves elements.
    ///
    /// @throws AssertionError naming the first element that disagrees
    void check(LawCase at, List<Array> found, String where) {
        boolean exact = at.sample().op() instanceof Movement movement && !(movement instanceof Fold);
        List<Agreement> bounds = bounds();
        for (int i = 0; i < results.size(); i++) {
            Agreement agreement = exact ? new Agreement(0) : bounds.get(i);
            agreement.check(found.get(i), results.get(i), where);
        }
    }
}
