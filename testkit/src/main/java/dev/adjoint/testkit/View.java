package dev.adjoint.testkit;

import dev.adjoint.op.movement.Pad;
import dev.adjoint.op.movement.Slice;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Permutation;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/// Ways in which the numbers of an operand may lie in memory: how they are stored, and how they are read again.
enum View {
    /// With the axes in another order.
    PERMUTED {
        @Override
        Tensor store(Tensor x) {
            return x.permute(rotation(x.rank()));
        }

        @Override
        Tensor read(Tensor stored, TensorType type) {
            return stored.permute(rotation(type.rank()).inverse());
        }
    },
    /// Negated, with the axes in another order: the view of a value that is computed.
    COMPUTED {
        @Override
        Tensor store(Tensor x) {
            return PERMUTED.store(opposite(x));
        }

        @Override
        Tensor read(Tensor stored, TensorType type) {
            return PERMUTED.read(opposite(stored), type);
        }
    },
    /// From the end to the beginning at every second place, other numbers between them: slices with negative steps.
    BACKWARD {
        @Override
        Tensor store(Tensor x) {
            List<Pad.Margin> margins = Collections.nCopies(x.rank(), new Pad.Margin(1, 2, 1));
            return x.rank() == 0 ? x : flipped(x).pad(margins, x.dtype() == DType.BOOL ? 1 : STRANGE);
        }

        @Override
        Tensor read(Tensor stored, TensorType type) {
            List<Slice.Range> ranges = new ArrayList<>();
            for (long extent : type.shape().dims()) {
                ranges.add(new Slice.Range(1, 1 + 2 * extent, 2));
            }
            return type.rank() == 0 ? stored : flipped(stored.slice(ranges));
        }
    },
    /// Repeated along the first axis. The numbers become others: those of the first index.
    REPEATED {
        @Override
        Tensor store(Tensor x) {
            return x.rank() == 0 || x.dim(0) == 0 ? x : x.slice(0, 0, 1);
        }

        @Override
        Tensor read(Tensor stored, TensorType type) {
            return stored.broadcastTo(type.shape());
        }
    },
    /// As a vector.
    FLAT {
        @Override
        Tensor store(Tensor x) {
            return x.reshape(Shape.of(x.shape().count()));
        }

        @Override
        Tensor read(Tensor stored, TensorType type) {
            return stored.reshape(type.shape());
        }
    },
    /// In two parts along the last axis and one without elements.
    SPLIT {
        @Override
        Tensor store(Tensor x) {
            return x;
        }

        @Override
        Tensor read(Tensor stored, TensorType type) {
            if (type.rank() == 0) {
                return stored;
            }
            long extent = type.dim(-1);
            List<Tensor> parts = List.of(
                    stored.slice(-1, 0, extent / 2), stored.slice(-1, 0, 0), stored.slice(-1, extent / 2, extent));
            return Tensor.concat(-1, parts);
        }
    };

    /// Stands where nothing should be read: no index, no probability, far from every drawn number.
    private static final double STRANGE = -77;

    /// What is kept in memory for an operand.
    abstract Tensor store(Tensor x);

    /// The operand of that type again.
    abstract Tensor read(Tensor stored, TensorType type);

    private static Permutation rotation(int rank) {
        return new Permutation(
                IntStream.range(0, rank).mapToObj(axis -> (axis + 1) % rank).toList());
    }

    private static Tensor flipped(Tensor x) {
        return x.flip(IntStream.range(0, x.rank()).toArray());
    }

    private static Tensor opposite(Tensor x) {
        return x.dtype() == DType.BOOL ? x.not() : x.neg();
    }

    /// The numbers that an operand has when it is seen in this way.
    Array seen(Array x) {
        return Array.of(read(store(x), x.type()));
    }
}
