package dev.adjoint.op.source;

import dev.adjoint.tensor.Philox;

/// Numbers of the gamma law that belong to a key and an index, by the method of Marsaglia and Tsang, "A simple method for
/// generating gamma variables", 2000.
///
/// Every proposal has counters of its own, so a number depends on its key and index alone however many proposals it took.
/// One is accepted with probability above 0.95; after [#PROPOSALS] refusals, which nobody will see, the law's mean stands in.
final class GammaDraw {
    private static final int PROPOSALS = 64;

    /// Counters that no other random operator uses: proposals, acceptances, and the exponent of small shapes.
    private static final long PROPOSAL = 2;

    private static final long ACCEPTANCE = 3;
    private static final long BOOST = 4;
    private static final int ATTEMPT_SHIFT = 8;

    private GammaDraw() {}

    /// The logarithm of the number, which small shapes need: the number itself may underflow. NaN unless the shape is
    /// above 0 and finite.
    static double log(long key, long index, double shape) {
        if (!(shape > 0 && shape < Double.POSITIVE_INFINITY)) {
            return Double.NaN;
        }
        if (shape >= 1) {
            return StrictMath.log(atLeastOne(key, index, shape));
        }
        // Gamma(α) is Gamma(α + 1)·U^(1/α).
        int[] words = new int[4];
        Philox.words(key, index, BOOST, words);
        double boost = StrictMath.log(1 - Philox.uniform(words, 0)) / shape;
        return StrictMath.log(atLeastOne(key, index, shape + 1)) + boost;
    }

    private static double atLeastOne(long key, long index, double shape) {
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        int[] words = new int[4];
        for (long attempt = 0; attempt < PROPOSALS; attempt++) {
            Philox.words(key, index, PROPOSAL | attempt << ATTEMPT_SHIFT, words);
            double normal = Philox.normal(words);
            double root = 1 + c * normal;
            double cube = root * root * root;
            Philox.words(key, index, ACCEPTANCE | attempt << ATTEMPT_SHIFT, words);
            double chance = StrictMath.log(1 - Philox.uniform(words, 0));
            if (cube > 0 && chance < normal * normal / 2 + d * (1 - cube + StrictMath.log(cube))) {
                return d * cube;
            }
        }
        return shape;
    }
}
