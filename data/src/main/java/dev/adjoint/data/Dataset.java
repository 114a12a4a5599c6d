package dev.adjoint.data;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.stream.IntStream;

/// A table of labelled examples: `features f32[n, …]` and `labels i64[n]` with 0 ≤ label < number of classes, n ≥ 1.
///
/// {@snippet :
/// Split digits = Digits.load().split(0.2, key);
/// for (Batch batch : digits.train().batches(32, key.fold(epoch))) {
///     Tensor brightness = batch.features().mean();
/// }
/// }
///
/// A data set never changes; every method gives another one.
public final class Dataset implements Examples {
    private final String name;
    private final Array features;
    private final Array labels;
    private final List<String> classNames;
    private final List<String> featureNames;

    private Dataset(String name, Array features, Array labels, List<String> classNames, List<String> featureNames) {
        this.name = name;
        this.features = features;
        this.labels = labels;
        this.classNames = List.copyOf(classNames);
        this.featureNames = List.copyOf(featureNames);
    }

    /// A table of examples whose features have no names.
    ///
    /// @param features `f32[n, …]`
    /// @param labels `i64[n]`, each the index of a class name
    /// @throws InvalidArgument if types or sizes do not fit, there is no example, or a label is no class
    public static Dataset of(String name, Array features, Array labels, List<String> classNames) {
        requireTypes(name, features.type(), labels.type());
        for (int row = 0; row < labels.elements().count(); row++) {
            long label = labels.elements().getLong(row);
            if (label < 0 || label >= classNames.size()) {
                throw new InvalidArgument("data set " + name + ": the label " + label + " of example " + row
                        + " is outside the " + classNames.size() + " classes (0 to " + (classNames.size() - 1) + ")");
            }
        }
        return new Dataset(name, features, labels, classNames, List.of());
    }

    private static void requireTypes(String name, TensorType features, TensorType labels) {
        if (features.dtype() != DType.F32 || features.rank() < 1) {
            throw new InvalidArgument("data set " + name + ": features must be f32[n, …], not " + features);
        }
        if (labels.dtype() != DType.I64 || labels.rank() != 1) {
            throw new InvalidArgument("data set " + name + ": labels must be i64[n], not " + labels);
        }
        if (features.dim(0) != labels.dim(0)) {
            throw new InvalidArgument("data set " + name + ": " + features.dim(0) + " examples in features " + features
                    + ", but " + labels.dim(0) + " labels");
        }
        if (labels.dim(0) == 0) {
            throw new InvalidArgument("data set " + name + ": a data set needs at least one example");
        }
    }

    /// What the data set is called in messages and on the command line.
    public String name() {
        return name;
    }

    /// All features, `f32[n, …]`.
    public Array features() {
        return features;
    }

    /// All labels, `i64[n]`.
    public Array labels() {
        return labels;
    }

    /// The names of the classes; a label is an index into this list.
    public List<String> classNames() {
        return classNames;
    }

    /// The names of the features in row-major order; empty where they have none.
    public List<String> featureNames() {
        return featureNames;
    }

    /// How many examples each class has.
    public int[] classCounts() {
        int[] counts = new int[classNames.size()];
        for (long label : labels.elements().longs()) {
            counts[(int) label]++;
        }
        return counts;
    }

    /// The number of examples.
    @Override
    public int size() {
        return labels.elements().count();
    }

    /// The shape of the features of one example.
    public Shape exampleShape() {
        return features.type().shape().part(1, features.type().rank());
    }

    /// The same examples under another name.
    public Dataset named(String name) {
        return new Dataset(name, features, labels, classNames, featureNames);
    }

    /// The same examples with names for their features.
    ///
    /// @throws InvalidArgument if their number is not that of the features of one example
    public Dataset withFeatureNames(List<String> names) {
        if (names.size() != exampleShape().count()) {
            throw new InvalidArgument("data set " + name + ": " + names.size() + " names for "
                    + exampleShape().count() + " features");
        }
        return new Dataset(name, features, labels, classNames, names);
    }

    /// The same examples with other features, for instance scaled ones. Names of features stay while their number does.
    ///
    /// @param features `f32[n, …]`
    /// @throws InvalidArgument if these are not the features of as many examples
    public Dataset withFeatures(Array features) {
        requireTypes(name, features.type(), labels.type());
        Dataset changed = new Dataset(name, features, labels, classNames, List.of());
        return featureNames.size() == changed.exampleShape().count() ? changed.withFeatureNames(featureNames) : changed;
    }

    /// The same examples with their features in another shape, for instance 64 numbers as an image `[1,8,8]`.
    ///
    /// @throws InvalidArgument if the number of features differs
    public Dataset withExampleShape(Shape shape) {
        if (shape.count() != exampleShape().count()) {
            throw new InvalidArgument(
                    "data set " + name + ": its examples are " + exampleShape() + ", which do not fit " + shape);
        }
        return withFeatures(Array.of(features.type().withShape(shape.prepend(size())), features.elements()));
    }

    /// The examples of the given rows, in their order; a row may be taken more than once.
    ///
    /// @throws InvalidArgument if no row is given or a row does not exist
    public Dataset select(int... rows) {
        if (rows.length == 0) {
            throw new InvalidArgument("data set " + name + ": a data set needs at least one example");
        }
        return new Dataset(name, take(features, rows), take(labels, rows), classNames, featureNames);
    }

    /// The examples of the given rows as tensors.
    ///
    /// @throws InvalidArgument if a row does not exist
    @Override
    public Batch batch(int... rows) {
        return new Batch(take(features, rows), take(labels, rows));
    }

    /// All examples as one batch.
    public Batch batch() {
        return new Batch(features, labels);
    }

    /// The examples of some data sets, one set after the other, with the classes of the first.
    ///
    /// @throws InvalidArgument if the shapes of their examples differ, or a label is no class of the first
    public static Dataset concat(String name, List<Dataset> parts) {
        Dataset first = parts.getFirst();
        int size = parts.stream().mapToInt(Dataset::size).reduce(0, Math::addExact);
        TensorType type = first.features.type().withShape(first.exampleShape().prepend(size));
        Elements features = Elements.allocate(DType.F32, type.shape().count());
        long[] labels = new long[size];
        int width = Math.toIntExact(first.exampleShape().count());
        int row = 0;
        for (Dataset part : parts) {
            if (!part.exampleShape().equals(first.exampleShape())) {
                throw new InvalidArgument("data set " + name + ": examples " + part.exampleShape() + " of " + part.name
                        + " do not fit " + first.exampleShape() + " of " + first.name);
            }
            System.arraycopy(part.features.elements().floats(), 0, features.floats(), row * width, part.size() * width);
            System.arraycopy(part.labels.elements().longs(), 0, labels, row, part.size());
            row += part.size();
        }
        return of(name, Array.of(type, features), Array.of(labels), first.classNames)
                .withNamesOf(first);
    }

    private Dataset withNamesOf(Dataset other) {
        return new Dataset(name, features, labels, classNames, other.featureNames);
    }

    private Array take(Array table, int[] rows) {
        TensorType type = table.type().withShape(table.type().shape().with(0, rows.length));
        Elements taken = Elements.allocate(type.dtype(), type.shape().count());
        int width = Math.toIntExact(type.shape().part(1, type.rank()).count());
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] < 0 || rows[i] >= size()) {
                throw new InvalidArgument(
                        "data set " + name + " has no row " + rows[i] + "; its rows are 0 to " + (size() - 1));
            }
            System.arraycopy(table.elements().array(), rows[i] * width, taken.array(), i * width, width);
        }
        return Array.of(type, taken);
    }

    /// Two disjoint parts that together are the whole, each in an order that belongs to the key. The test part has
    /// round(n · testFraction) examples, and every class has the share in it that it has in the whole, up to one
    /// example.
    ///
    /// @param testFraction between 0 and 1, both excluded
    /// @throws InvalidArgument if the fraction is outside its range or leaves a part empty
    public Split split(double testFraction, Key key) {
        if (!(testFraction > 0 && testFraction < 1)) {
            throw new InvalidArgument("the test fraction must lie between 0 and 1, not at " + testFraction);
        }
        long test = Math.round(size() * testFraction);
        if (test == 0 || test == size()) {
            throw new InvalidArgument("a test fraction of " + testFraction + " leaves the "
                    + (test == 0 ? "test" : "training") + " part of the " + size() + " examples of " + name + " empty");
        }
        return Stratified.split(this, (int) test, key);
    }

    /// The splits of k-fold cross-validation: every example is in the test part of exactly one of them. The sizes of the
    /// test parts differ by at most 1, and so do the numbers of each class in them.
    ///
    /// @param count the number of folds, from 2 to the number of examples
    /// @throws InvalidArgument if there are fewer than two folds or more than examples
    public List<Split> folds(int count, Key key) {
        if (count < 2 || count > size()) {
            throw new InvalidArgument("the number of folds must lie between 2 and the " + size() + " examples of "
                    + name + ", not at " + count);
        }
        return Folds.of(this, count, key);
    }

    /// All examples in their order, in batches; the last may be smaller. Batches are made when they are asked for.
    ///
    /// @param batchSize at least 1
    /// @throws InvalidArgument if the batch size is below 1
    public List<Batch> batches(int batchSize) {
        return new Batches(this, IntStream.range(0, size()).toArray(), batchSize);
    }

    /// All examples in an order that belongs to the key, in batches; the last may be smaller. Batches are made when
    /// they are asked for, so a resumed epoch starts at any of them: `batches(32, key).subList(done, …)`.
    ///
    /// @param batchSize at least 1
    /// @throws InvalidArgument if the batch size is below 1
    public List<Batch> batches(int batchSize, Key key) {
        return new Batches(this, key.permutation(size()), batchSize);
    }

    /// The name, the types and the classes in one line.
    @Override
    public String toString() {
        return name + ": " + size() + " examples " + exampleShape() + " in " + classNames.size() + " classes";
    }
}
