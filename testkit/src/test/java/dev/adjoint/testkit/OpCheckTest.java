package dev.adjoint.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.op.Catalog;
import dev.adjoint.op.Op;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OpCheckTest {
    static List<Class<? extends Op>> operators() {
        return Catalog.operators();
    }

    @ParameterizedTest
    @MethodSource("operators")
    void everyDerivativeAgreesWithCentralDifferences(Class<? extends Op> operator) {
        OpCheck.Result result = OpCheck.seeded().run(operator);
        assertThat(result.passed()).as(result.toString()).isTrue();
    }
}
