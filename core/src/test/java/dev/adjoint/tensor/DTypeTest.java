package dev.adjoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DTypeTest {
    private static final Path GUIDE = Path.of("..", "docs", "guide", "element-types.md");

    /// The guide's table of promotions is the rule.
    @Test
    void theGuideStatesEveryPromotion() throws IOException {
        List<List<String>> rows = Files.readAllLines(GUIDE).stream()
                .filter(line -> line.startsWith("| **"))
                .map(line -> Arrays.stream(line.split("\\|"))
                        .map(cell -> cell.strip().replace("*", ""))
                        .filter(cell -> !cell.isEmpty())
                        .toList())
                .toList();
        assertThat(rows).hasSize(DType.values().length + 1);
        List<String> columns = rows.getFirst();
        assertThat(columns).hasSize(DType.values().length + 1);
        for (List<String> row : rows.subList(1, rows.size())) {
            for (int i = 1; i < row.size(); i++) {
                DType promoted = DType.parse(row.getFirst()).promotedWith(DType.parse(columns.get(i)));
                assertThat(promoted).hasToString(row.get(i));
            }
        }
    }

    @Test
    void promotionDependsOnNoOrder() {
        for (DType a : DType.values()) {
            assertThat(a.promotedWith(a)).isEqualTo(a);
            for (DType b : DType.values()) {
                assertThat(a.promotedWith(b)).isEqualTo(b.promotedWith(a));
                for (DType c : DType.values()) {
                    assertThat(a.promotedWith(b).promotedWith(c)).isEqualTo(a.promotedWith(b.promotedWith(c)));
                }
            }
        }
    }

    @Test
    void anUnknownNameListsTheKnownOnes() {
        assertThatThrownBy(() -> DType.parse("f8"))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("no element type is called 'f8'; known are f32, f64, bf16, f16, i8, u8, i32, i64, bool");
    }
}
