package dev.adjoint.op.source;

import dev.adjoint.op.Sample;
import dev.adjoint.op.Source;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Philox;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.TensorType;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Places drawn in proportion to weights, which belong to a key: P(y = i) = wᵢ/Σ w, one after the other.
///
/// Operands are the key and the weights `[n]`; the result is `i64[count]`. A place of weight 0 is never drawn. Where nothing
/// can be drawn (no weight left above 0, or a weight that is negative, infinite or NaN) the result is −1, which every lookup
/// refuses. Source for draws that are not put back: Efraimidis, Spirakis, "Weighted random sampling with a reservoir", 2006.
///
/// @param count how many places are drawn
/// @param drawn what becomes of a place that was drawn
public record RandomChoice(long count, Drawn drawn) implements Source {
    /// What becomes of a place that was drawn.
    public enum Drawn {
        /// It may be drawn again.
        PUT_BACK,
        /// It is not drawn again.
        TAKEN_OUT
    }

    private static final double SMALLEST = 0x1.0p-54;

    public RandomChoice {
        if (count < 0) {
            throw new InvalidArgument("at least 0 places are drawn, not " + count);
        }
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType weights = RandomLaw.parameters(this, operands);
        if (weights.rank() != 1) {
            throw new ShapeMismatch(name(), operands, "weights must be [n], one for each place");
        }
        if (drawn == Drawn.TAKEN_OUT && count > weights.dim(0)) {
            throw new ShapeMismatch(
                    name(), operands, count + " places cannot be taken out of " + weights.dim(0) + "; put them back");
        }
        return List.of(TensorType.of(DType.I64, count));
    }

    @Override
    public void evaluate(List<Elements> operands, Elements out) {
        long key = operands.getFirst().getLong(0);
        double[] weights = IntStream.range(0, operands.get(1).count())
                .mapToDouble(operands.get(1)::get)
                .toArray();
        boolean valid = Arrays.stream(weights).allMatch(w -> w >= 0 && w < Double.POSITIVE_INFINITY);
        long[] places = new long[out.count()];
        Arrays.fill(places, -1);
        if (valid) {
            switch (drawn) {
                case PUT_BACK -> putBack(key, weights, places);
                case TAKEN_OUT -> takenOut(key, weights, places);
            }
        }
        System.arraycopy(places, 0, out.longs(), 0, places.length);
    }

    /// A point of the line on which every place is as long as its weight.
    private static void putBack(long key, double[] weights, long[] places) {
        double[] ends = new double[weights.length];
        double total = 0;
        for (int i = 0; i < ends.length; i++) {
            total += weights[i];
            ends[i] = total;
        }
        boolean drawable = total > 0 && total < Double.POSITIVE_INFINITY;
        for (int i = 0; i < places.length && drawable; i++) {
            // A product rounded up to the total would lie beyond the last place.
            places[i] = firstBeyond(ends, Math.min(Philox.uniform(key, i) * total, Math.nextDown(total)));
        }
    }

    private static int firstBeyond(double[] ends, double point) {
        int low = 0;
        int high = ends.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ends[middle] > point) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /// The places whose waiting times at rates w are the shortest come first.
    private static void takenOut(long key, double[] weights, long[] places) {
        double[] times = new double[weights.length];
        for (int i = 0; i < times.length; i++) {
            times[i] = -StrictMath.log(Math.max(Philox.uniform(key, i), SMALLEST)) / weights[i];
        }
        int[] first = IntStream.range(0, times.length)
                .filter(i -> weights[i] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> times[i]))
                .limit(places.length)
                .mapToInt(Integer::intValue)
                .toArray();
        for (int i = 0; i < first.length; i++) {
            places[i] = first[i];
        }
    }

    @Override
    public String formula() {
        return "P(yᵢ = j) = wⱼ/Σ w";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new RandomChoice(6, Drawn.PUT_BACK)).key().uniform(0, 1, 4),
                Sample.of(new RandomChoice(3, Drawn.TAKEN_OUT)).key().uniform(0, 1, 4),
                Sample.of(new RandomChoice(2, Drawn.PUT_BACK)).key().uniform(0, 1, 0),
                Sample.of(new RandomChoice(0, Drawn.TAKEN_OUT)).key().uniform(0, 1, 2));
    }
}
