package dev.adjoint.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.op.Batched;
import dev.adjoint.op.Call;
import dev.adjoint.op.CustomOp;
import dev.adjoint.op.Tangents;
import dev.adjoint.op.movement.Pad;
import dev.adjoint.op.source.Constant;
import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphTextTest {
    private static final String GOLDEN = """
            graph (x: f32[2,3], weight: f32[3,4]) {
              a: f32[2,4] = matmul x weight
              b: f32[2,4] = relu a
              c: f32[] = sum[axes=[]] b
              d: f32[2,1] = max[axes=[1]kept] b
              e: f32[] = constant[type=f32[], elements=f32{0.5}]
              f: f32[2,2] = slice[ranges=[(0 2 1),(1 4 2)]] b
              g: f32[2,4] = pad[margins=[(0 0 0),(1 1 0)], value=-Infinity] f
            } -> (c, d, e, g)""";

    private static Graph golden() {
        Value x = Value.input("x", TensorType.of(DType.F32, 2, 3));
        Value w = Value.input("weight", TensorType.of(DType.F32, 3, 4));
        Tensor y = x.matmul(w).relu();
        Tensor e = y.slice(1, 1, 4, 2);
        List<Tensor> outputs = List.of(
                y.sum(),
                y.max(Axes.of(1).kept()),
                x.constant(0.5),
                e.pad(List.of(new Pad.Margin(0, 0, 0), new Pad.Margin(1, 1, 0)), Double.NEGATIVE_INFINITY));
        return new Graph(List.of(x, w), outputs.stream().map(Value::of).toList());
    }

    /// Scales, or not.
    public record Scale(double factor, boolean enabled, List<String> tags) implements CustomOp {
        @Override
        public void evaluate(List<TensorType> types, List<Elements> operands, List<Elements> out) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<TensorType> infer(List<TensorType> operands) {
            return operands;
        }

        @Override
        public String formula() {
            return "c·x";
        }

        @Override
        public List<Tensor> jvp(Call call, Tangents tangents) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Tensor vjp(Call call, int operand, List<Tensor> cotangents) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Tensor> batch(Batched operands) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void printsOneStatementALine() {
        assertThat(golden()).hasToString(GOLDEN);
    }

    @Test
    void readsWhatItPrints() {
        assertThat(GraphText.parse(GOLDEN)).hasToString(GOLDEN);
        assertThat(GraphText.parse(GOLDEN.replace("\n", "\r\n\r\n"))).hasToString(GOLDEN);
        assertThat(GraphText.parse(GOLDEN.replace("ranges=[(0 2 1),(1 4 2)]", "ranges = [ (0 2\n 1) , (1 4 2) ]")))
                .hasToString(GOLDEN);
    }

    @Test
    void constantsKeepEveryBit() {
        Elements special = Elements.wrap(new double[] {
            Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE, 0.1
        });
        Value constant = Value.call(new Constant(TensorType.of(DType.F64, 6), special), List.of())
                .getFirst();
        Graph graph = new Graph(List.of(), List.of(constant));
        assertThat(graph).hasToString("""
                        graph () {
                          a: f64[6] = constant[type=f64[6], elements=f64{NaN,Infinity,-Infinity,-0.0,4.9E-324,0.1}]
                        } -> (a)""");
        Graph parsed = GraphText.parse(graph.toString());
        assertThat(parsed.outputs().getFirst().elements()).isEqualTo(special);
    }

    @Test
    void namesThatWouldNotParseAreChanged() {
        Map<String, Tensor> tree = new TreeMap<>();
        for (String name : List.of("", "a b", "a:b", "x", "läufer.0")) {
            tree.put(name, Value.input("unused", TensorType.of(DType.F32)));
        }
        Graph graph = Trace.of(tree, (Map<String, Tensor> m) -> m.get("x")).graph();
        assertThat(graph)
                .hasToString("graph (x: f32[], a_b: f32[], a_b_2: f32[], läufer.0: f32[], x_2: f32[]) {\n} -> (x_2)");
        assertThat(GraphText.parse(graph.toString())).hasToString(graph.toString());
    }

    @Test
    void readsOperatorsOfUsers() {
        Value x = Value.input("x", TensorType.of(DType.F32, 2));
        Graph graph = new Graph(List.of(x), Value.call(new Scale(2.5, true, List.of("a", "b")), List.of(x)));
        String text = "graph (x: f32[2]) {\n  a: f32[2] = scale[factor=2.5, enabled=true, tags=[a,b]] x\n} -> (a)";
        assertThat(graph).hasToString(text);
        assertThat(GraphText.parse(text, List.of(Scale.class))).hasToString(text);
        assertThatThrownBy(() -> GraphText.parse(text))
                .isInstanceOf(GraphSyntaxError.class)
                .hasMessage("line 2, column 15: there is no operator 'scale'");
        assertThatThrownBy(() -> GraphText.parse(text.replace("true", "yes"), List.of(Scale.class)))
                .hasMessage("line 2, column 41: 'yes' is neither true nor false");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "grph (x: f32[]) {} -> (x) | 1 | 1 | expected 'graph' but found 'g'",
                "graph (x: f8[]) {} -> (x) | 1 | 11 | 'f8' is not one of [f32, f64, bf16, f16, i8, u8, i32, i64, bool]",
                "graph (x: f32[-1]) {} -> (x) | 1 | 15 | a shape needs extents of at least 0, but [-1] has -1",
                "graph (x: f32[two]) {} -> (x) | 1 | 15 | 'two' is not a number",
                "graph (x: f32[], x: f32[]) {} -> (x) | 1 | 26 | 'x' is defined twice",
                "graph (x: f32[]) { a: f32[] = exp y } -> (a) | 1 | 35 | 'y' is not defined",
                "graph (x: f32[]) { a: f32[] = expo x } -> (a) | 1 | 31 | there is no operator 'expo'",
                "graph (x: f32[]) { a: f32[] = exp x x } -> (a) | 1 | 37 | exp takes 1 operands, not 2",
                "graph (x: f32[]) { a: f32[] = gather[axes=[0]] x } -> (a) | 1 | 48 | gather takes 2 operands, not 1",
                "graph (x: f32[]) { a: f32[] = sum x } -> (a) | 1 | 35 | expected '[' but found 'x'",
                "graph (x: f32[]) { a: f32[] = sum[axis=[0]] x } -> (a) | 1 | 35 | there is no attribute 'axis'",
                "graph (x: f32[2]) { a: f32[] = sum[axes=[0], axes=[0]] x } -> (a) | 1 | 46"
                        + " | attribute 'axes' is given twice",
                "graph (x: f32[2]) { a: f32[] = sum[axes=[1]] x } -> (a) | 1 | 46"
                        + " | sum: f32[2]: axis 1 does not exist in shape [2] of rank 1",
                "graph (x: f32[]) { a: f32[] = constant[type=f32[], elements=f32{1,2}] } -> (a) | 1 | 70"
                        + " | a constant of type f32[] needs 1 elements of f32, not 2 of f32",
                "graph (x: f32[]) { a: f32[] = input[label=y, type=f32[]] } -> (a) | 1 | 31"
                        + " | arguments stand in the brackets behind 'graph'",
                "graph (x: f32[]) { a: f32[] = exp x | 1 | 36 | expected a name or a number but found the end",
                "graph (x: f32[]) {} -> (x) x | 1 | 28 | nothing may follow the graph"
            })
    void errorsNameLineAndColumn(String text, int line, int column, String message) {
        assertThatThrownBy(() -> GraphText.parse(text)).isInstanceOfSatisfying(GraphSyntaxError.class, e -> {
            assertThat(e).hasMessage("line " + line + ", column " + column + ": " + message);
            assertThat(e.line()).isEqualTo(line);
            assertThat(e.column()).isEqualTo(column);
        });
    }

    @Test
    void wrongTypesAndCountsAreNamedOnTheirLine() {
        assertThatThrownBy(() -> GraphText.parse("graph (x: f32[2]) {\n  a: f32[3] = exp x\n} -> (a)"))
                .hasMessageStartingWith("line 2, column ")
                .hasMessageEndingWith("'a' is declared as f32[3] but is f32[2]");
        assertThatThrownBy(() -> GraphText.parse("graph (x: f32[2]) {\n  a: f32[2], b: f32[2] = exp x\n} -> (a)"))
                .hasMessageEndingWith("exp has 1 results, not 2");
    }
}
