package dev.adjoint.run;

import dev.adjoint.graph.Value;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Op;
import dev.adjoint.op.movement.Reshape;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// A tensor whose numbers are in memory. Operators on arrays run at once; next to a [Value] an array becomes a constant of
/// that graph. Arrays never change; what they are made from is copied.
///
/// {@snippet :
/// Array x = Array.of(new float[][] {{1, 2}, {3, 4}});
/// Tensor y = x.matmul(x).relu();
/// float[] numbers = Array.of(y).toFloats();
/// }
public final class Array implements Tensor {
    private final TensorType type;

    /// The elements, or where they come from: every step of a training makes arrays, and each is one object.
    private final Object elements;

    private Array(TensorType type, Elements elements) {
        this.type = type;
        this.elements = elements;
    }

    private Array(TensorType type, Deferred elements) {
        this.type = type;
        this.elements = elements;
    }

    /// A tensor in memory as an array.
    ///
    /// @throws dev.adjoint.tensor.NotComputed if the tensor is being recorded
    public static Array of(Tensor tensor) {
        return tensor instanceof Array array ? array : of(tensor.type(), tensor.elements());
    }

    /// Elements seen as a tensor; the caller must not write to them any more.
    ///
    /// @throws InvalidArgument if type or number differ
    public static Array of(TensorType type, Elements elements) {
        if (elements.dtype() != type.dtype() || elements.count() != type.shape().count()) {
            throw new InvalidArgument(
                    elements.count() + " elements of " + elements.dtype() + " are not a tensor of type " + type);
        }
        return new Array(type, elements);
    }

    /// A tensor whose elements are made when they are first asked for, once: weights of a model of which only the types are
    /// looked at take no memory.
    ///
    /// @param elements makes as many elements as the type has, of its element type; the same whenever it is called
    public static Array deferred(TensorType type, Supplier<Elements> elements) {
        return new Array(type, new Deferred(() -> of(type, elements.get()).elements()));
    }

    /// The same numbers in memory of their own: what stays when a tensor is donated
    /// ([Compiled#donating(java.util.function.Function)]).
    public static Array copy(Tensor tensor) {
        Elements from = tensor.elements();
        Elements to = Elements.allocate(from.dtype(), from.count());
        System.arraycopy(from.array(), 0, to.array(), 0, from.count());
        return of(tensor.type(), to);
    }

    /// A vector, f32.
    public static Array of(float... values) {
        return vector(Elements.wrap(values.clone()));
    }

    /// A vector, f64.
    public static Array of(double... values) {
        return vector(Elements.wrap(values.clone()));
    }

    /// A vector, i32.
    public static Array of(int... values) {
        return vector(Elements.wrap(values.clone()));
    }

    /// A vector, i64.
    public static Array of(long... values) {
        return vector(Elements.wrap(values.clone()));
    }

    /// A vector, bool.
    public static Array of(boolean... values) {
        Elements elements = Elements.allocate(DType.BOOL, values.length);
        for (int i = 0; i < values.length; i++) {
            elements.set(i, values[i] ? 1 : 0);
        }
        return vector(elements);
    }

    /// A matrix, f32.
    ///
    /// @throws InvalidArgument if the rows differ in length
    public static Array of(float[][] rows) {
        return matrix(DType.F32, rows);
    }

    /// A matrix, f64.
    ///
    /// @throws InvalidArgument if the rows differ in length
    public static Array of(double[][] rows) {
        return matrix(DType.F64, rows);
    }

    /// A number without axes, f32.
    public static Array scalar(float value) {
        return scalar(DType.F32, value);
    }

    /// A number without axes, f64.
    public static Array scalar(double value) {
        return scalar(DType.F64, value);
    }

    /// A number without axes.
    public static Array scalar(DType dtype, double value) {
        return new Array(TensorType.of(dtype), Elements.scalar(dtype, value));
    }

    /// A random key as a tensor of type `i64[]`.
    public static Array key(Key key) {
        return new Array(TensorType.of(DType.I64), Elements.wrap(new long[] {key.bits()}));
    }

    /// Zeros.
    public static Array zeros(DType dtype, long... dims) {
        return zeros(TensorType.of(dtype, dims));
    }

    /// Zeros.
    public static Array zeros(TensorType type) {
        return new Array(type, Elements.allocate(type.dtype(), type.shape().count()));
    }

    /// The numbers of a memory segment in native byte order; booleans are bytes of 0 and 1.
    ///
    /// @throws InvalidArgument if the segment's size is not that of the type
    public static Array of(TensorType type, MemorySegment segment) {
        if (segment.byteSize() != type.bytes()) {
            throw new InvalidArgument(
                    "a tensor of type " + type + " takes " + type.bytes() + " bytes, not " + segment.byteSize());
        }
        return of(
                type,
                switch (type.dtype()) {
                    case F32 -> Elements.wrap(segment.toArray(ValueLayout.JAVA_FLOAT_UNALIGNED));
                    case F64 -> Elements.wrap(segment.toArray(ValueLayout.JAVA_DOUBLE_UNALIGNED));
                    case I32 -> Elements.wrap(segment.toArray(ValueLayout.JAVA_INT_UNALIGNED));
                    case I64 -> Elements.wrap(segment.toArray(ValueLayout.JAVA_LONG_UNALIGNED));
                    case BF16, F16 -> Elements.wrap(type.dtype(), segment.toArray(ValueLayout.JAVA_SHORT_UNALIGNED));
                    case I8, U8, BOOL -> Elements.wrap(type.dtype(), segment.toArray(ValueLayout.JAVA_BYTE));
                });
    }

    private static Array vector(Elements elements) {
        return new Array(TensorType.of(elements.dtype(), elements.count()), elements);
    }

    private static Array matrix(DType dtype, Object[] rows) {
        int columns = rows.length == 0 ? 0 : java.lang.reflect.Array.getLength(rows[0]);
        Elements elements = Elements.allocate(dtype, (long) rows.length * columns);
        for (int row = 0; row < rows.length; row++) {
            if (java.lang.reflect.Array.getLength(rows[row]) != columns) {
                throw new InvalidArgument("row " + row + " has " + java.lang.reflect.Array.getLength(rows[row])
                        + " numbers, row 0 has " + columns);
            }
            System.arraycopy(rows[row], 0, elements.array(), row * columns, columns);
        }
        return new Array(TensorType.of(dtype, rows.length, columns), elements);
    }

    @Override
    public TensorType type() {
        return type;
    }

    @Override
    public Elements elements() {
        return elements instanceof Deferred deferred ? deferred.get() : (Elements) elements;
    }

    @Override
    public List<Tensor> apply(Op op, List<? extends Tensor> operands) {
        for (Tensor operand : operands) {
            if (operand instanceof Value value) {
                return value.apply(op, operands);
            }
        }
        List<TensorType> types = operands.stream().map(Tensor::type).toList();
        if (op instanceof Reshape) {
            return List.of(of(op.infer(types).getFirst(), operands.getFirst().elements()));
        }
        Eager.Choice choice = Eager.INSTALLED.of(op, types);
        if (choice.kernel().isEmpty() && op instanceof Composite composite) {
            return composite.expandAll(List.copyOf(operands));
        }
        return run(choice.kernel().orElseThrow(), operands, choice.results());
    }

    private static List<Tensor> run(Kernel kernel, List<? extends Tensor> operands, List<TensorType> types) {
        Elements[] inputs = operands.stream().map(Tensor::elements).toArray(Elements[]::new);
        Elements[] outputs = types.stream()
                .map(type -> Elements.allocate(type.dtype(), type.shape().count()))
                .toArray(Elements[]::new);
        kernel.run(inputs, outputs);
        List<Tensor> results = new ArrayList<>();
        for (int i = 0; i < outputs.length; i++) {
            results.add(new Array(types.get(i), outputs[i]));
        }
        return List.copyOf(results);
    }

    /// The only number.
    ///
    /// @throws InvalidArgument if there is not exactly one
    public double item() {
        if (type.shape().count() != 1) {
            throw new InvalidArgument("item needs exactly one element, not " + type);
        }
        return elements().get(0);
    }

    /// The number at a place; negative indices count from the end.
    ///
    /// @throws InvalidArgument if there is no such place
    public double get(long... indices) {
        Shape shape = type.shape();
        if (indices.length != shape.rank()) {
            throw new InvalidArgument(type + " needs " + shape.rank() + " indices, not " + indices.length);
        }
        long offset = 0;
        for (int axis = 0; axis < indices.length; axis++) {
            long index = indices[axis] < 0 ? indices[axis] + shape.dim(axis) : indices[axis];
            if (index < 0 || index >= shape.dim(axis)) {
                throw new InvalidArgument(
                        "index " + indices[axis] + " is outside axis " + axis + " of extent " + shape.dim(axis));
            }
            offset = offset * shape.dim(axis) + index;
        }
        return elements().get((int) offset);
    }

    /// All numbers in row-major order, rounded to f32.
    public float[] toFloats() {
        Elements known = elements();
        float[] numbers = new float[known.count()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) known.get(i);
        }
        return numbers;
    }

    /// All numbers in row-major order.
    public double[] toDoubles() {
        Elements known = elements();
        return IntStream.range(0, known.count()).mapToDouble(known::get).toArray();
    }

    /// All numbers in row-major order, fractions cut off.
    public long[] toLongs() {
        Elements known = elements();
        return IntStream.range(0, known.count()).mapToLong(known::getLong).toArray();
    }

    /// Same type and same bits (all NaNs count as one).
    @Override
    public boolean equals(Object other) {
        return other instanceof Array that
                && type.equals(that.type)
                && elements().equals(that.elements());
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + elements().hashCode();
    }

    /// The numbers in nested brackets as NumPy prints them, then the type; the middle of a large tensor is left out.
    @Override
    public String toString() {
        return ArrayText.print(this);
    }
}
