package dev.adjoint.train.search;

import dev.adjoint.tensor.InvalidArgument;
import java.util.List;

/// What a setting may be.
public sealed interface Choice {
    /// The text for a uniform number u from [0, 1).
    String at(double u);

    /// One of some texts, all equally likely.
    record OneOf(List<String> texts) implements Choice {
        public OneOf {
            texts = List.copyOf(texts);
            if (texts.isEmpty()) {
                throw new InvalidArgument("a choice needs at least one text");
            }
        }

        @Override
        public String at(double u) {
            return texts.get((int) (u * texts.size()));
        }
    }

    /// A number from a range, uniform: low + u·(high − low).
    record Uniform(double low, double high) implements Choice {
        public Uniform {
            Choice.require(low < high, "a uniform choice needs low < high", low, high);
        }

        @Override
        public String at(double u) {
            return Double.toString(low + u * (high - low));
        }
    }

    /// A number from a range, its logarithm uniform: low·(high/low)ᵘ. For rates and decays.
    record LogUniform(double low, double high) implements Choice {
        public LogUniform {
            Choice.require(low > 0 && low < high, "a log-uniform choice needs 0 < low < high", low, high);
        }

        @Override
        public String at(double u) {
            return Double.toString(low * Math.pow(high / low, u));
        }
    }

    /// A whole number from a range, both ends included.
    record Whole(long low, long high) implements Choice {
        public Whole {
            Choice.require(low <= high, "a whole choice needs low ≤ high", (double) low, (double) high);
        }

        @Override
        public String at(double u) {
            return Long.toString(low + (long) (u * (high - low + 1)));
        }
    }

    private static void require(boolean holds, String law, double low, double high) {
        if (!holds || !Double.isFinite(high - low)) {
            throw new InvalidArgument(law + ", not " + low + " and " + high);
        }
    }
}
