package dev.adjoint.train;

import dev.adjoint.tensor.InvalidArgument;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/// The figures of one experiment on several folds of the data, one row for each.
///
/// {@snippet :
/// List<Integer> folds = List.of(0, 1, 2);
/// CrossValidation scores = CrossValidation.run(folds, fold -> Map.of("accuracy", 0.9 + 0.01 * fold));
/// double accuracy = scores.mean("accuracy");
/// }
///
/// @param folds the figures of every fold by name
public record CrossValidation(List<Map<String, Double>> folds) {
    /// @throws InvalidArgument if there are fewer than two folds, or not all have the same figures
    public CrossValidation {
        folds = List.copyOf(folds);
        long kinds = folds.stream().map(Map::keySet).distinct().count();
        if (folds.size() < 2 || kinds != 1) {
            throw new InvalidArgument("cross-validation needs at least two folds with the same figures, not "
                    + folds.size() + " with " + kinds + " kinds of them");
        }
    }

    /// Trains and tests on every fold in turn.
    ///
    /// @param folds the folds
    /// @param experiment trains on the one part of a fold and says the figures of the other
    public static <F> CrossValidation run(List<F> folds, Function<? super F, Map<String, Double>> experiment) {
        return new CrossValidation(folds.stream().map(experiment).toList());
    }

    private DoubleStream values(String figure) {
        if (!folds.getFirst().containsKey(figure)) {
            throw new InvalidArgument("cross-validation has no figure called '" + figure + "', only "
                    + String.join(", ", folds.getFirst().keySet()));
        }
        return folds.stream().mapToDouble(fold -> Objects.requireNonNull(fold.get(figure)));
    }

    /// The mean of a figure over the folds.
    ///
    /// @throws InvalidArgument if there is no such figure
    public double mean(String figure) {
        return values(figure).average().orElseThrow();
    }

    /// The standard deviation of a figure between folds: √(Σ(x−x̄)²/(k−1)).
    ///
    /// @throws InvalidArgument if there is no such figure
    public double deviation(String figure) {
        double mean = mean(figure);
        return Math.sqrt(values(figure).map(x -> (x - mean) * (x - mean)).sum() / (folds.size() - 1));
    }

    /// Every figure as `name mean ± deviation`, one on a line.
    public String text() {
        return folds.getFirst().keySet().stream()
                .map(name -> String.format(Locale.ROOT, "%s %.4f ± %.4f", name, mean(name), deviation(name)))
                .collect(Collectors.joining("\n"));
    }
}
