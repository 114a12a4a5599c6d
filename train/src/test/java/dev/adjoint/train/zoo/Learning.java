package dev.adjoint.train.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.nn.Losses;
import dev.adjoint.nn.Sequential;
import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.train.Objective;
import dev.adjoint.train.TrainState;
import dev.adjoint.train.TrainStep;
import dev.adjoint.train.optimizer.Adam;
import dev.adjoint.train.optimizer.Optimizer;

/// Some steps on one batch, after which the loss must be well below its start.
final class Learning {
    private Learning() {}

    record Batch(Tensor features, Tensor labels) {}

    /// Images whose class is the quarter that is bright, `[8,channels,size,size]`.
    static Batch quarters(Shape example) {
        long size = example.dim(1);
        float[] pixels = new float[(int) (8 * example.count())];
        int[] labels = new int[8];
        for (int i = 0; i < pixels.length; i++) {
            int image = (int) (i / example.count());
            labels[image] = image % 4;
            long row = i / size % size;
            long column = i % size;
            int quarter = (int) (2 * (2 * row / size) + 2 * column / size);
            pixels[i] =
                    (float) ((quarter == image % 4 ? 1 : 0) + 0.1 * Key.of(5).normal(i));
        }
        Array features = Array.of(
                TensorType.of(DType.F32, pixels.length), Array.of(pixels).elements());
        return new Batch(features.reshape(example.prepend(8)), Array.of(labels));
    }

    static final Objective<Sequential, Batch> CLASSES =
            (model, batch, pass) -> Losses.softmaxCrossEntropy(model.apply(batch.features, pass), batch.labels)
                    .mean();

    /// Adam at a rate for some steps.
    static <M, B> M learns(M model, B batch, Objective<M, B> objective, int steps) {
        return learns(model, batch, new TrainStep<>(objective, Adam.of(0.01)), steps);
    }

    static <M, B> M learns(M model, B batch, TrainStep<M, B> step, int steps) {
        Optimizer optimizer = step.optimizer();
        var compiled = Compiled.of(step);
        TrainState<M> state = TrainState.start(model, optimizer, Key.of(3));
        double first = 0;
        double last = 0;
        for (int i = 0; i < steps; i++) {
            TrainStep.Result<M> result = compiled.apply(new TrainStep.Argument<>(state, batch));
            state = result.state();
            last = Array.of(result.loss()).item();
            first = i == 0 ? last : first;
        }
        assertThat(last)
                .as("the loss after %d steps, %s at first", steps, first)
                .isLessThan(0.5 * first);
        return state.model();
    }

    /// One step.
    static <M, B> M step(M model, B batch, TrainStep<M, B> step) {
        TrainState<M> state = TrainState.start(model, step.optimizer(), Key.of(3));
        return step.apply(new TrainStep.Argument<>(state, batch)).state().model();
    }
}
