package dev.adjoint.jvm;

import dev.adjoint.op.Catalog;
import dev.adjoint.op.Elementwise;
import dev.adjoint.op.Op;
import dev.adjoint.op.Sample;
import dev.adjoint.op.elementwise.Add;
import dev.adjoint.op.elementwise.Cast;
import dev.adjoint.op.elementwise.Tanh;
import dev.adjoint.op.elementwise.Where;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.AdjointException;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Generated loops have the bits of the reference, save for what [FloatFunctions] rounds otherwise.
class ElementwiseTest {
    private static final double[] SPECIAL = {
        0.0,
        -0.0,
        1,
        -1,
        0.5,
        -2.5,
        3e9,
        -3e9,
        1e300,
        1e-300,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
    };

    static Stream<Elementwise> operators() {
        return Catalog.operators().stream()
                .flatMap(op -> Catalog.samples(op).stream().limit(1))
                .map(Sample::op)
                .filter(Elementwise.class::isInstance)
                .map(Elementwise.class::cast);
    }

    @ParameterizedTest
    @MethodSource("operators")
    void everyPairOfSpecialValues(Elementwise op) {
        int n = SPECIAL.length;
        double[] left = new double[n * n];
        double[] right = new double[n * n];
        for (int i = 0; i < n * n; i++) {
            left[i] = SPECIAL[i / n];
            right[i] = SPECIAL[i % n];
        }
        for (DType dtype : DType.values()) {
            List<Array> operands =
                    new ArrayList<>(List.of(array(dtype, left), array(dtype, right), array(dtype, left)));
            if (op instanceof Where) {
                operands.set(0, array(DType.BOOL, left));
            }
            KernelsAgree agree = new KernelsAgree(op, operands.subList(0, op.arity()));
            if (isDefined(agree) && op instanceof Tanh && dtype != DType.F64) {
                agree.within(Math.ulp(1f));
            } else if (isDefined(agree)) {
                agree.exactly();
            }
        }
    }

    private static boolean isDefined(KernelsAgree agree) {
        try {
            agree.op().infer(agree.operands().stream().map(Array::type).toList());
            return true;
        } catch (AdjointException e) {
            return false;
        }
    }

    private static Array array(DType dtype, double... values) {
        Elements elements = Elements.allocate(dtype, values.length);
        for (int i = 0; i < values.length; i++) {
            elements.set(i, values[i]);
        }
        return Array.of(TensorType.of(dtype, values.length), elements);
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void castsToEveryType(DType from) {
        for (DType to : DType.values()) {
            new KernelsAgree(new Cast(to), List.of(array(from, SPECIAL))).exactly();
        }
        long[] large = {Long.MAX_VALUE, Long.MIN_VALUE, (1L << 53) + 1, (1L << 31) + 7, -1};
        for (DType to : DType.values()) {
            new KernelsAgree(new Cast(to), List.of(Array.of(large))).exactly();
        }
    }

    static Stream<List<long[]>> broadcasts() {
        return Stream.of(
                List.of(new long[] {7, 5, 3}, new long[] {3}),
                List.of(new long[] {7, 5, 3}, new long[] {5, 1}),
                List.of(new long[] {7, 5, 3}, new long[] {7, 1, 1}),
                List.of(new long[] {7, 5, 3}, new long[] {7, 1, 3}),
                List.of(new long[] {1, 5, 1}, new long[] {7, 1, 3}),
                List.of(new long[] {7, 1, 3, 1}, new long[] {5, 1, 2}),
                List.of(new long[] {}, new long[] {7, 5}),
                List.of(new long[] {1, 1}, new long[] {5}),
                List.of(new long[] {0, 5}, new long[] {5}),
                List.of(new long[] {3, 0, 1}, new long[] {1, 4}),
                List.of(new long[] {3, 0}, new long[] {3, 1}),
                List.of(new long[] {40, 3, 70}, new long[] {3, 1}),
                List.of(new long[] {3, 5, 1100}, new long[] {5, 1100}),
                List.of(new long[] {4, 33, 1, 513}, new long[] {33, 2, 1}),
                List.of(new long[] {300, 301}, new long[] {301}),
                List.of(new long[] {70, 9, 40}, new long[] {9, 1}),
                List.of(new long[] {3, 2500}, new long[] {2500}),
                List.of(new long[] {90301}, new long[] {1}));
    }

    @ParameterizedTest
    @MethodSource("broadcasts")
    void everyBroadcastingPattern(List<long[]> shapes) {
        for (DType dtype : List.of(DType.F32, DType.F64, DType.I32, DType.I64)) {
            for (List<long[]> order : List.of(shapes, shapes.reversed())) {
                TensorType[] types =
                        order.stream().map(dims -> TensorType.of(dtype, dims)).toArray(TensorType[]::new);
                KernelsAgree.on(new Add(), -100, 100, types).exactly();
            }
        }
    }

    @Test
    void threeOperandsInThreePatterns() {
        Op where = new Where();
        List<Array> operands = List.of(
                KernelsAgree.uniform(TensorType.of(DType.BOOL, 6, 1), 0, 1, 0),
                KernelsAgree.uniform(TensorType.of(DType.F32, 5), -1, 1, 1),
                KernelsAgree.uniform(TensorType.of(DType.F32), -1, 1, 2));
        new KernelsAgree(where, operands).exactly();
    }

    @ParameterizedTest
    @MethodSource("operators")
    void longEnoughToBeCompiledAndShared(Elementwise op) {
        DType dtype = Stream.of(DType.F32, DType.BOOL, DType.I32)
                .filter(op.accepts()::contains)
                .findFirst()
                .orElseThrow();
        TensorType[] types =
                Collections.nCopies(op.arity(), TensorType.of(dtype, 10_007)).toArray(TensorType[]::new);
        if (op instanceof Where) {
            types[0] = TensorType.of(DType.BOOL, 10_007);
        }
        KernelsAgree agree = KernelsAgree.on(op, -3, 3, types);
        Arrays.setAll(new Array[20], _ -> agree.fast(dev.adjoint.run.Workers.of(1)));
        if (Rounding.of(op).callsMath()) {
            agree.within(Math.ulp(1f)); // tanh is within 1.41 units, the others are within 0.55
        } else {
            agree.exactly();
        }
    }
}
