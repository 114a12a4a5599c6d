package dev.adjoint.nn;

import dev.adjoint.op.source.Iota;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.transform.Loops;
import java.util.List;

/// Connectionist temporal classification: −ln Σ_π Πₜ p(πₜ, t), the sum going over all alignments π of a label sequence to T
/// frames. An alignment repeats labels and puts blanks between them; equal neighbours need a blank.
///
/// Computed in logarithms by the forward recursion over the sequence l′ = (blank, l₁, blank, l₂, …, blank):
/// αₜ(s) = p(l′ₛ, t)·(αₜ₋₁(s) + αₜ₋₁(s − 1) + αₜ₋₁(s − 2)), the last term only where l′ₛ is a label other than l′ₛ₋₂. Derivatives of
/// every order come from the recursion. Matches `ctc_loss` of PyTorch, whose mean first divides each loss by the number of its
/// labels (at least 1). Source: Graves, Fernández, Gomez, Schmidhuber, "Connectionist temporal classification", 2006.
///
/// @param blank the class of the blank
/// @param impossible what a sequence costs that has no alignment, because there are too few frames
/// @param aggregation what becomes of the losses
public record CtcLoss(long blank, Impossible impossible, Aggregation aggregation) {
    /// What a sequence costs that has no alignment. Its derivative is 0 in either case.
    public enum Impossible {
        /// What the formula says: −ln 0 = ∞.
        INFINITE,
        /// Nothing, as `zero_infinity` of PyTorch.
        ZERO
    }

    /// Label sequences of different lengths.
    ///
    /// @param classes integers, `[N,S]`; what stands behind the length of a row does not matter
    /// @param lengths how many classes of each row count, integers, `[N]`
    public record Labels(Tensor classes, Tensor lengths) {}

    public CtcLoss {
        if (blank < 0) {
            throw new InvalidArgument("ctcLoss: the blank is a class index, not " + blank);
        }
    }

    /// Blank 0, impossible sequences infinite, the mean.
    public static CtcLoss plain() {
        return new CtcLoss(0, Impossible.INFINITE, Aggregation.MEAN);
    }

    /// With the losses put together in another way.
    public CtcLoss with(Aggregation aggregation) {
        return new CtcLoss(blank, impossible, aggregation);
    }

    /// The loss of log-probabilities for label sequences.
    ///
    /// @param logProbabilities `[T,N,C]`, as [Tensor#logSoftmax] gives them along the last axis
    /// @param frames how many frames of each example count, integers, `[N]`
    /// @throws ShapeMismatch if the shapes do not fit
    /// @throws DTypeMismatch if classes or lengths are not integers
    public Tensor of(Tensor logProbabilities, Tensor frames, Labels labels) {
        check(logProbabilities, frames, labels);
        Tensor lengths = labels.lengths().to(DType.I64);
        Tensor classes = extended(labels.classes().to(DType.I64), lengths);
        Tensor emitted = emitted(logProbabilities, classes);
        Tensor paths = forward(emitted, classes, frames.to(DType.I64));
        Tensor losses = ends(paths, lengths).neg();
        if (impossible == Impossible.ZERO) {
            losses = losses.eq(Double.POSITIVE_INFINITY).where(losses.constant(0), losses);
        }
        Tensor counts = lengths.maximum(1).to(losses.dtype());
        return aggregation == Aggregation.MEAN ? losses.div(counts).mean() : aggregation.of(losses);
    }

    /// The labels with blanks between and around them, `[N,2S+1]`.
    private Tensor extended(Tensor classes, Tensor lengths) {
        Tensor counted = positions(classes).lt(lengths.expand(1));
        Tensor clean = counted.where(classes, classes.constant((double) blank));
        Tensor blanks = classes.zerosLike().add((double) blank);
        Tensor pairs = Tensor.stack(-1, List.of(blanks, clean)).reshape(classes.dim(0), 2 * classes.dim(1));
        Tensor last =
                classes.constant((double) blank).broadcastTo(classes.shape().with(1, 1));
        return Tensor.concat(1, List.of(pairs, last));
    }

    /// The numbers 0, 1, … along the last axis.
    private static Tensor positions(Tensor like) {
        return like.create(new Iota(TensorType.of(DType.I64, like.dim(-1)), 0));
    }

    /// The log-probability of every class of the extended sequences in every frame, `[T,N,2S+1]`.
    private static Tensor emitted(Tensor logProbabilities, Tensor classes) {
        long classCount = logProbabilities.dim(2);
        Tensor rows = classes.create(new Iota(classes.type(), 0)).mul((double) classCount);
        Tensor flat = logProbabilities.reshape(logProbabilities.dim(0), logProbabilities.dim(1) * classCount);
        return flat.gather(1, rows.add(classes));
    }

    /// ln α of the last frame that counts, `[N,2S+1]`.
    private Tensor forward(Tensor emitted, Tensor classes, Tensor frames) {
        Tensor nothing = emitted.constant(Double.NEGATIVE_INFINITY);
        Tensor skips =
                classes.ne((double) blank).and(classes.ne(shifted(classes, 2, classes.constant((double) blank))));
        Tensor start =
                positions(classes).eq(0).where(emitted.constant(0), nothing).broadcastTo(classes.shape());
        Tensor steps = frames.create(new Iota(TensorType.of(DType.I64, emitted.dim(0)), 0));
        // Before the first frame the path stands at the first blank, from where one step reaches the first label too.
        return Loops.scan(start, List.of(emitted, steps), (paths, frame) -> {
                    Tensor skipped = skips.where(shifted(paths, 2, nothing), nothing);
                    Tensor arriving = Tensor.stack(0, List.of(paths, shifted(paths, 1, nothing), skipped))
                            .logSumExp(0);
                    Tensor moved = arriving.add(frame.get(0));
                    Tensor next = frame.get(1).lt(frames).expand(1).where(moved, paths);
                    return new Loops.Next<>(next, List.<Tensor>of());
                })
                .carry();
    }

    /// Every row moved to the right.
    private static Tensor shifted(Tensor x, long by, Tensor fill) {
        long width = x.dim(1);
        Tensor head = fill.broadcastTo(x.shape().with(1, Math.min(by, width)));
        return by >= width ? head : Tensor.concat(1, List.of(head, x.slice(1, 0, width - by)));
    }

    /// A path ends at the last label or at the blank behind it.
    private static Tensor ends(Tensor paths, Tensor lengths) {
        Tensor last = lengths.mul(2).expand(1);
        Tensor places = positions(paths);
        Tensor end = places.eq(last).or(places.eq(last.sub(1)));
        return end.where(paths, paths.constant(Double.NEGATIVE_INFINITY)).logSumExp(1);
    }

    private void check(Tensor logProbabilities, Tensor frames, Labels labels) {
        List<TensorType> types = List.of(
                logProbabilities.type(),
                frames.type(),
                labels.classes().type(),
                labels.lengths().type());
        boolean ranks = logProbabilities.rank() == 3 && labels.classes().rank() == 2;
        if (!ranks || !fits(logProbabilities, frames, labels)) {
            throw new ShapeMismatch(
                    "ctcLoss",
                    types,
                    "log-probabilities [T,N,C] with T at least 1 need frames [N], classes [N,S] and lengths [N], and blank "
                            + blank + " among the classes");
        }
        if (types.subList(1, 4).stream().anyMatch(t -> !t.dtype().isInteger())) {
            throw new DTypeMismatch(
                    "ctcLoss", types, "classes and lengths must be integers; convert with c.to(DType.I64)");
        }
    }

    private boolean fits(Tensor logProbabilities, Tensor frames, Labels labels) {
        TensorType each = TensorType.of(DType.I64, logProbabilities.dim(1));
        return logProbabilities.dim(0) > 0
                && blank < logProbabilities.dim(2)
                && frames.shape().equals(each.shape())
                && labels.lengths().shape().equals(each.shape())
                && labels.classes().dim(0) == logProbabilities.dim(1);
    }
}
