package dev.adjoint.nn.recurrent;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// Recurrent layers on each other: the results of one are the inputs of the next. The state is a list of theirs.
///
/// x is `[N,T,I]`, the results of the last layer are `[N,T,H]`. With other layers between them, such as dropout, use a
/// [dev.adjoint.nn.Sequential], which carries no state.
///
/// {@snippet :
/// Stacked<Cells.LstmState> network = Stacked.of(3, Lstm::init).init(Key.of(1), 8, 16);
/// }
///
/// @param layers from the first to the last
/// @param <S> the state of one layer
public record Stacked<S>(List<? extends Masked<S>> layers) implements Masked<List<S>> {
    /// How a layer is made.
    @FunctionalInterface
    public interface Maker<S> {
        Masked<S> init(Key key, long in, long width);
    }

    public Stacked {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new InvalidArgument("a stack of recurrent layers needs at least one");
        }
    }

    /// Layers of one width, of which the first takes `in` inputs.
    public static <S> StackMaker<S> of(int depth, Maker<S> maker) {
        return (key, in, width) -> {
            List<Masked<S>> layers = new ArrayList<>();
            for (int i = 0; i < depth; i++) {
                layers.add(maker.init(key.fold(i), i == 0 ? in : width, width));
            }
            return new Stacked<>(layers);
        };
    }

    /// How a stack is made.
    @FunctionalInterface
    public interface StackMaker<S> {
        Stacked<S> init(Key key, long in, long width);
    }

    @Override
    public List<S> start(Tensor x) {
        return layers.stream().map(layer -> layer.start(x)).toList();
    }

    @Override
    public Steps<List<S>> run(List<S> state, Tensor x) {
        List<S> last = new ArrayList<>();
        Tensor y = x;
        for (int i = 0; i < layers.size(); i++) {
            Steps<S> steps = layers.get(i).run(state.get(i), y);
            y = steps.results();
            last.add(steps.last());
        }
        return new Steps<>(y, List.copyOf(last));
    }

    @Override
    public Steps<List<S>> run(List<S> state, Tensor x, Tensor mask) {
        List<S> last = new ArrayList<>();
        Tensor y = x;
        for (int i = 0; i < layers.size(); i++) {
            Steps<S> steps = layers.get(i).run(state.get(i), y, mask);
            y = steps.results();
            last.add(steps.last());
        }
        return new Steps<>(y, List.copyOf(last));
    }
}
