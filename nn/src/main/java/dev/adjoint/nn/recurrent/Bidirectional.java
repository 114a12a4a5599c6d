package dev.adjoint.nn.recurrent;

import dev.adjoint.nn.Layer;
import dev.adjoint.nn.Pass;
import dev.adjoint.tensor.Tensor;
import java.util.List;

/// Two recurrent layers, one forward and one backward in time, with their results side by side: `[N,T,I]` to
/// `[N,T,H + H′]`.
///
/// Several on each other are layers of a [dev.adjoint.nn.Sequential], or, with a mask,
/// `upper.apply(lower.apply(x, mask), mask)`. Source: Schuster, Paliwal, "Bidirectional recurrent neural networks", 1997.
///
/// {@snippet :
/// var layer = new Bidirectional<>(Lstm.init(Key.of(1), 8, 16), Lstm.init(Key.of(2), 8, 16));
/// }
///
/// @param forward from the first step to the last
/// @param backward from the last step to the first
/// @param <S> the state of both
public record Bidirectional<S>(Masked<S> forward, Masked<S> backward) implements Layer {
    @Override
    public Tensor apply(Tensor x, Pass pass) {
        Tensor there = forward.run(forward.start(x), x).results();
        Tensor back = backward.run(backward.start(x), x.flip(1)).results();
        return Tensor.concat(-1, List.of(there, back.flip(1)));
    }

    /// The results for sequences of different lengths; the way back begins at the last step that is there.
    ///
    /// @param mask `[N,T]`, booleans
    public Tensor apply(Tensor x, Tensor mask) {
        Tensor there = forward.run(forward.start(x), x, mask).results();
        Tensor back = backward.run(backward.start(x), x.flip(1), mask.flip(1)).results();
        return Tensor.concat(-1, List.of(there, back.flip(1)));
    }
}
