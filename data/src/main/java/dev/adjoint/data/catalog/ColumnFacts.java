package dev.adjoint.data.catalog;

import dev.adjoint.data.Dataset;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// What a feature looks like.
///
/// @param name what it is called
/// @param type `number`, or `category` with the number of different ones: `category of 3`
/// @param least the smallest number, if there is one
/// @param most the largest number, if there is one
/// @param mean of the numbers that are there
/// @param missing how many are not
public record ColumnFacts(
        String name, String type, OptionalDouble least, OptionalDouble most, OptionalDouble mean, int missing) {
    /// The features of a data set: each where they have names, all in one otherwise.
    static List<ColumnFacts> of(Dataset dataset) {
        float[] numbers = dataset.features().elements().floats();
        List<String> names = dataset.featureNames();
        if (names.isEmpty()) {
            String name = dataset.exampleShape().rank() == 3 ? "all pixels" : "all features";
            return List.of(numbers(name, numbers, 0, 1));
        }
        return IntStream.range(0, names.size())
                .mapToObj(column -> numbers(names.get(column), numbers, column, names.size()))
                .toList();
    }

    /// Every `step`-th number from the first on; NaN is missing.
    static ColumnFacts numbers(String name, float[] numbers, int first, int step) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        double sum = 0;
        int present = 0;
        int missing = 0;
        for (int i = first; i < numbers.length; i += step) {
            double number = numbers[i];
            if (Double.isNaN(number)) {
                missing++;
            } else {
                least = Math.min(least, number);
                most = Math.max(most, number);
                sum += number;
                present++;
            }
        }
        return present == 0
                ? new ColumnFacts(
                        name, "number", OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), missing)
                : new ColumnFacts(
                        name,
                        "number",
                        OptionalDouble.of(least),
                        OptionalDouble.of(most),
                        OptionalDouble.of(sum / present),
                        missing);
    }

    static ColumnFacts category(String name, int different, int missing) {
        return new ColumnFacts(
                name,
                "category of " + different,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                missing);
    }
}
