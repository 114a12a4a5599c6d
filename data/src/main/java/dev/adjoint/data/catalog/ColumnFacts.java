package dev.adjoint.data.catalog;

import dev.adjoint.data.Dataset;
import java.util.DoubleSummaryStatistics;
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
        DoubleSummaryStatistics present = new DoubleSummaryStatistics();
        int missing = 0;
        for (int i = first; i < numbers.length; i += step) {
            if (Float.isNaN(numbers[i])) {
                missing++;
            } else {
                present.accept(numbers[i]);
            }
        }
        return new ColumnFacts(
                name,
                "number",
                some(present, present.getMin()),
                some(present, present.getMax()),
                some(present, present.getAverage()),
                missing);
    }

    private static OptionalDouble some(DoubleSummaryStatistics present, double number) {
        return present.getCount() == 0 ? OptionalDouble.empty() : OptionalDouble.of(number);
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
