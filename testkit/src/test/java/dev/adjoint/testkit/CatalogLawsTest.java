package dev.adjoint.testkit;

import dev.adjoint.op.Catalog;
import dev.adjoint.op.source.Input;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogLawsTest {
    static Stream<LawCase> cases() {
        return Catalog.operators().stream()
                .filter(op -> op != Input.class)
                .map(OpLaws::of)
                .map(OpLaws::cases)
                .flatMap(List::stream);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void everyLawHoldsForEveryOperatorAtEverySample(LawCase at) {
        at.check();
    }
}
