package dev.adjoint.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ArrayErrorsTest {
    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(InvalidArgument.class).hasMessage(message);
    }

    @Test
    void raggedRows() {
        refused(() -> Array.of(new float[][] {{1, 2}, {3}}), "row 1 has 1 numbers, row 0 has 2");
        refused(() -> Array.of(new double[][] {{}, {3}}), "row 1 has 1 numbers, row 0 has 0");
    }

    @Test
    void elementsOfAnotherTypeOrNumber() {
        Elements two = Elements.wrap(new float[] {1, 2});
        refused(() -> Array.of(TensorType.of(DType.F32, 3), two), "2 elements of f32 are not a tensor of type f32[3]");
        refused(() -> Array.of(TensorType.of(DType.I32, 2), two), "2 elements of f32 are not a tensor of type i32[2]");
    }

    @Test
    void segmentsOfAnotherSize() {
        MemorySegment segment = MemorySegment.ofArray(new byte[12]);
        assertThat(Array.of(TensorType.of(DType.F32, 3), segment)).isEqualTo(Array.of(0f, 0f, 0f));
        refused(() -> Array.of(TensorType.of(DType.F64, 2), segment), "a tensor of type f64[2] takes 16 bytes, not 12");
    }

    @Test
    void placesThatDoNotExist() {
        Array x = Array.of(new float[][] {{1, 2}, {3, 4}});
        assertThat(x.get(-1, 0)).isEqualTo(3);
        refused(() -> x.get(2, 0), "index 2 is outside axis 0 of extent 2");
        refused(() -> x.get(0, -3), "index -3 is outside axis 1 of extent 2");
        refused(() -> x.get(0), "f32[2,2] needs 2 indices, not 1");
        refused(x::item, "item needs exactly one element, not f32[2,2]");
    }

    @Test
    void arraysKeepWhatTheyWereMadeFrom() {
        float[] numbers = {1, 2};
        Array x = Array.of(numbers);
        numbers[0] = 9;
        assertThat(x.toFloats()).containsExactly(1, 2);
        x.toFloats()[1] = 9;
        assertThat(x.toFloats()).containsExactly(1, 2);
    }

    @Test
    void refusedOperandsAreRefusedAgain() {
        for (int time = 0; time < 2; time++) {
            assertThatThrownBy(() -> Array.of(1.0, 2.0).add(Array.of(1.0, 2.0, 3.0)))
                    .isInstanceOf(ShapeMismatch.class);
        }
    }
}
