package dev.adjoint.cli.training;

import dev.adjoint.data.Batch;
import dev.adjoint.data.catalog.DataSource;
import dev.adjoint.nn.Pass;
import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a trained network says about the examples of a data set.
///
/// @param list one prediction for every example, in order
public record Predictions(List<Prediction> list) {
    private static final int BATCH = 256;

    /// The prediction for one example.
    ///
    /// @param example its place in the data set, from 0
    /// @param found the class with the largest score
    /// @param probability the softmax of that score
    /// @param label the class that the data set states, if it does
    public record Prediction(int example, String found, double probability, Optional<String> label) {
        public boolean isRight() {
            return label.filter(found::equals).isPresent();
        }
    }

    public Predictions {
        list = List.copyOf(list);
    }

    /// Predicts the class of every example.
    ///
    /// @throws dev.adjoint.tensor.InvalidArgument if the examples do not fit the network
    public static Predictions of(TrainedModel model, DataSource source) {
        Asked asked = model.asked(source);
        Compiled<Tensor, Tensor> probabilities =
                Compiled.of(x -> model.network().apply(x, Pass.evaluation()).softmax(-1));
        List<Prediction> list = new ArrayList<>();
        for (Batch batch : asked.examples().batches(BATCH)) {
            double[] numbers = Array.of(probabilities.apply(batch.features())).toDoubles();
            for (int row = 0; row < batch.size(); row++) {
                int label = (int) batch.labels().elements().getLong(row);
                Optional<String> stated = asked.labels() == Asked.Labels.STATED
                        ? Optional.of(model.classes().get(label))
                        : Optional.empty();
                list.add(prediction(model, numbers, row, new Stated(list.size(), stated)));
            }
        }
        return new Predictions(list);
    }

    /// What the data set says of an example.
    private record Stated(int example, Optional<String> label) {}

    private static Prediction prediction(TrainedModel model, double[] numbers, int row, Stated stated) {
        int classes = model.classes().size();
        int best = 0;
        for (int c = 1; c < classes; c++) {
            best = numbers[row * classes + c] > numbers[row * classes + best] ? c : best;
        }
        return new Prediction(stated.example, model.classes().get(best), numbers[row * classes + best], stated.label);
    }

    /// The share of examples whose class was found; empty if the data set does not state classes.
    public Optional<Double> accuracy() {
        return list.getFirst()
                .label()
                .map(_ -> (double) list.stream().filter(Prediction::isRight).count() / list.size());
    }
}
