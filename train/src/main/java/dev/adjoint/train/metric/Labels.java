package dev.adjoint.train.metric;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;

/// Class indices that belong to scores, checked.
final class Labels {
    private final long[] labels;
    private final int classes;

    private Labels(long[] labels, int classes) {
        this.labels = labels;
        this.classes = classes;
    }

    /// @throws InvalidArgument if there is not one class of those that have scores for every row of scores
    static Labels of(String owner, Tensor scores, Tensor labels) {
        boolean fit = scores.rank() == 2 && labels.rank() == 1 && scores.dim(0) == labels.dim(0);
        if (!fit || !labels.dtype().isInteger()) {
            throw new InvalidArgument(owner + ": scores [N,C] need class indices [N], integers, not " + scores.type()
                    + " and " + labels.type());
        }
        long[] numbers = Array.of(labels).toLongs();
        for (int n = 0; n < numbers.length; n++) {
            if (numbers[n] < 0 || numbers[n] >= scores.dim(1)) {
                throw new InvalidArgument(owner + ": label " + numbers[n] + " of example " + n + " is none of the "
                        + scores.dim(1) + " classes");
            }
        }
        return new Labels(numbers, (int) scores.dim(1));
    }

    int examples() {
        return labels.length;
    }

    int classes() {
        return classes;
    }

    int label(int example) {
        return (int) labels[example];
    }
}
