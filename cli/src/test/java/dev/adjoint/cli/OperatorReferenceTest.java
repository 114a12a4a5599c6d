package dev.adjoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.cli.reference.OperatorReference;
import dev.adjoint.op.Catalog;
import dev.adjoint.op.source.Input;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class OperatorReferenceTest {
    private static String page() {
        Called called = Called.with("ops", "--markdown");
        assertThat(called.code()).as(called.err()).isZero();
        return called.out();
    }

    @Test
    void theCommittedPageIsCurrent() throws IOException {
        assertThat(Files.readString(Path.of("../docs/operators.md")))
                .as("docs/operators.md is not what the operators say; renew it: " + OperatorReference.RENEW)
                .isEqualTo(page());
    }

    @Test
    void everyOperatorHasAnEntry() {
        assertThat(Pattern.compile("(?m)^### (\\w+)$").matcher(page()).results().map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(Catalog.operators().stream()
                        .filter(type -> type != Input.class)
                        .map(Catalog::name)
                        .toList());
    }

    @Test
    void anEntrySaysWhatTheOperatorStates() {
        assertThat(page())
                .contains("""
                        ### relu

                        `max(x, 0)`

                        - in Java: `x.relu()`
                        - domain: (−∞, ∞) of numbers
                        - kinks: 0
                        """)
                .contains("- no gradient passes where x ≤ 0\n- ONNX: `Relu`\n- example: `relu`: [")
                .contains("- derivative: none: its purpose is to stop derivatives");
    }
}
