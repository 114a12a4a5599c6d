package shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.tensor.AdjointException;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Place;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.transform.Batch;
import dev.adjoint.transform.Expand;
import dev.adjoint.transform.Jvp;
import dev.adjoint.transform.Simplify;
import dev.adjoint.transform.Vjp;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Lines of programs, seen from a package that is not Adjoint's.
class PlacesTest {
    private static final TensorType VECTOR = TensorType.of(DType.F64, 3);

    /// The line after the one that calls this.
    private static Place next() {
        StackTraceElement here = new Throwable().getStackTrace()[1];
        return new Place("PlacesTest.java", here.getLineNumber() + 1);
    }

    private static List<String> described(Graph graph) {
        return graph.calls().stream().map(Value::describe).toList();
    }

    @Test
    void anErrorEndsWithTheLineThatAskedForIt() {
        Tensor a = Value.input("a", TensorType.of(DType.F32, 2, 3));
        Place place = next();
        ShapeMismatch thrown = catchThrowableOfType(ShapeMismatch.class, () -> a.matmul(a));
        assertThat(thrown.place()).contains(place);
        assertThat(thrown)
                .hasMessage(
                        "matmul: f32[2,3] and f32[2,3]: columns of the left side (axis -1: 3) must equal rows of the"
                                + " right side (axis -2: 2). The transpose fits: x.matmul(y.mT()) (" + place + ")");
        assertThat(new AdjointException(String.valueOf(thrown.getMessage()), thrown).getMessage())
                .containsOnlyOnce(".java:");
    }

    @Test
    void theLineIsTheInnermostOfTheProgram() {
        Tensor a = Value.input("a", VECTOR);
        Place place = next();
        ThrowingCallable softmax = () -> Stream.of(5).map(a::softmax).toList();
        var thrown = catchThrowableOfType(InvalidArgument.class, softmax);
        assertThat(thrown.place()).contains(place);
    }

    @Test
    void aValueKnowsItsLine() {
        Place place = next();
        Value y = Value.of(Value.input("x", VECTOR).log());
        assertThat(y.origin().place()).contains(place);
        assertThat(y.describe()).isEqualTo("log at " + place);
    }

    @Test
    void derivativesKnowWhatTheyAreDerivativesOf() {
        Value x = Value.input("x", VECTOR);
        Place place = next();
        Graph graph = new Graph(List.of(x), List.of(Value.of(x.log())));
        assertThat(described(new Vjp().apply(graph)))
                .containsExactly(
                        "log at " + place,
                        "constant",
                        "div in the backward of log at " + place,
                        "mul in the backward of log at " + place);
        assertThat(described(new Jvp().apply(graph)))
                .contains("log at " + place)
                .anyMatch(text -> text.matches("\\w+ in the tangent of log at " + place));
        assertThat(described(new Vjp().then(new Vjp()).apply(graph)))
                .contains("mul in the backward of div in the backward of log at " + place);
    }

    @Test
    void otherPassesKeepTheLine() {
        Value x = Value.input("x", VECTOR);
        Place place = next();
        Graph graph = new Graph(List.of(x), List.of(Value.of(x.neg().neg().softmax(0))));
        assertThat(described(new Simplify().then(Expand.all()).apply(graph)))
                .hasSizeGreaterThan(3)
                .contains("exp in softmax at " + place)
                .allMatch(text -> text.contains(" in softmax at " + place) || text.startsWith("constant"));
        Graph log = new Graph(List.of(x), List.of(Value.of(x.log())));
        Place line = new Place(place.file(), place.line() + 5);
        assertThat(described(new Batch(List.of(true), 2).apply(log))).containsExactly("log at " + line);
    }
}
