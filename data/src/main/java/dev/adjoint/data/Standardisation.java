package dev.adjoint.data;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;

/// Features brought to mean 0 and standard deviation 1: z = (x − mean) / deviation, feature by feature.
///
/// Fit it on the training part alone and apply it to both parts, or the test part leaks into the training. It is a
/// record of tensors, so it may be stored inside a model and traced with it. Missing features (NaN) do not count in the
/// fit.
///
/// @param mean the mean of each feature, of the shape of one example
/// @param deviation √(Σ (x − mean)² / n) of each feature; 1 where a feature is constant, which then becomes 0
public record Standardisation(Tensor mean, Tensor deviation) {
    /// What brings the features of this data set to mean 0 and deviation 1; sums are taken in double precision.
    public static Standardisation of(Dataset train) {
        float[] x = train.features().elements().floats();
        int width = Math.toIntExact(train.exampleShape().count());
        float[] mean = new float[width];
        float[] deviation = new float[width];
        for (int column = 0; column < width; column++) {
            int present = present(x, column, width);
            double centre = sum(x, column, width, 0, 1) / present;
            double variance = sum(x, column, width, centre, 2) / present;
            mean[column] = (float) centre;
            deviation[column] = variance == 0 ? 1 : (float) Math.sqrt(variance);
        }
        TensorType type = train.features().type().withShape(train.exampleShape());
        return new Standardisation(Array.of(type, Elements.wrap(mean)), Array.of(type, Elements.wrap(deviation)));
    }

    /// How many numbers of one column are not missing; 1 if none, as nothing is divided then.
    private static int present(float[] x, int column, int width) {
        int present = 0;
        for (int i = column; i < x.length; i += width) {
            present += Float.isNaN(x[i]) ? 0 : 1;
        }
        return Math.max(1, present);
    }

    /// Σ (x − centre)ᵖ over the numbers of one column that are not missing, for p of 1 or 2.
    private static double sum(float[] x, int column, int width, double centre, int power) {
        double sum = 0;
        for (int i = column; i < x.length; i += width) {
            double difference = Float.isNaN(x[i]) ? 0 : x[i] - centre;
            sum += power == 1 ? difference : difference * difference;
        }
        return sum;
    }

    /// The standardised features; `x` has the shape of one example, or any axes before it.
    public Tensor apply(Tensor x) {
        return x.sub(mean).div(deviation);
    }

    /// The same examples with standardised features. A missing one (NaN) becomes 0, which is the mean of those it was
    /// fitted on.
    ///
    /// @throws InvalidArgument if its examples have another shape than those this was fitted on
    public Dataset apply(Dataset dataset) {
        if (!dataset.exampleShape().equals(mean.type().shape())) {
            throw new InvalidArgument("the standardisation was fitted on examples "
                    + mean.type().shape() + ", but those of " + dataset.name() + " are " + dataset.exampleShape());
        }
        Array standard = Array.of(apply(dataset.features()));
        float[] z = standard.toFloats();
        for (int i = 0; i < z.length; i++) {
            z[i] = Float.isNaN(z[i]) ? 0 : z[i];
        }
        return dataset.withFeatures(Array.of(standard.type(), Elements.wrap(z)));
    }
}
