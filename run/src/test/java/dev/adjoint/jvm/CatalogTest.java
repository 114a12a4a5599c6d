package dev.adjoint.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.op.Catalog;
import dev.adjoint.op.Contraction;
import dev.adjoint.op.Elementwise;
import dev.adjoint.op.Factorization;
import dev.adjoint.op.Movement;
import dev.adjoint.op.Op;
import dev.adjoint.op.Reduction;
import dev.adjoint.op.Sample;
import dev.adjoint.op.elementwise.Tanh;
import dev.adjoint.op.movement.Fold;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogTest {
    static Stream<KernelsAgree> samples() {
        return Catalog.operators().stream()
                .flatMap(op -> Catalog.samples(op).stream())
                .flatMap(sample -> Stream.of(DType.F64, DType.F32).map(dtype -> drawn(sample, dtype)))
                .filter(KernelsAgree::isFast);
    }

    private static KernelsAgree drawn(Sample sample, DType dtype) {
        List<Array> operands = new ArrayList<>();
        for (Sample.Operand operand : sample.operands()) {
            TensorType type =
                    operand.type().dtype() == DType.F64 ? operand.type().withDtype(dtype) : operand.type();
            operands.add(KernelsAgree.uniform(operand, type, operands.size()));
        }
        return new KernelsAgree(sample.op(), operands);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void agreesWithTheReference(KernelsAgree sample) {
        boolean exact = (sample.op() instanceof Elementwise && !(sample.op() instanceof Tanh))
                || (sample.op() instanceof Movement && !(sample.op() instanceof Fold));
        if (exact) {
            sample.exactly();
        } else {
            boolean single = sample.operands().getFirst().dtype() == DType.F32;
            sample.within(single ? 4 * Math.ulp(1f) : 16 * Math.ulp(1.0));
        }
    }

    @Test
    void everyOperatorOfTheFastFamiliesHasAKernel() {
        List<Op> slow = Catalog.operators().stream()
                .flatMap(op -> Catalog.samples(op).stream())
                .filter(sample -> sample.op() instanceof Elementwise
                        || sample.op() instanceof Movement
                        || sample.op() instanceof Reduction
                        || sample.op() instanceof Factorization
                        || sample.op() instanceof Contraction)
                .filter(sample -> !drawn(sample, DType.F32).isFast())
                .map(Sample::op)
                .toList();
        assertThat(slow).isEmpty();
    }
}
