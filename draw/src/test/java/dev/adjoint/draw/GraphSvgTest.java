package dev.adjoint.draw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.GraphText;
import dev.adjoint.graph.Value;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.transform.Vjp;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GraphSvgTest {
    private static final String PURPLE = "#6639a6";

    private static List<String> words(String svg) {
        return Picture.of(svg).words().stream().map(Picture.Words::text).toList();
    }

    @Test
    void aLenetShowsOperatorsShapesAndParameters() {
        String svg = GraphSvg.draw(SampleGraphs.lenet(), SampleGraphs.LENET_PARAMETERS);
        assertThat(words(svg))
                .contains("convolution", "5×5", "maxpool", "2×2, stride 2", "crossentropy", "×0.5")
                .contains("f32[64,6,24,24]", "i64[64]", "f32[]", "output")
                .containsAll(SampleGraphs.LENET_PARAMETERS);
        assertThat(boxes(svg, "#fff1cc")).isEqualTo(SampleGraphs.LENET_PARAMETERS.size());
        assertThat(boxes(svg, "#dceefb")).isEqualTo(2);
        Legibility.check("lenet", svg);
    }

    private static long boxes(String svg, String fill) {
        return Picture.elements(Picture.parse(svg), "rect")
                .filter(rect -> rect.getAttribute("fill").equals(fill))
                .count();
    }

    /// xW + b through tanh: tanh keeps its result, and nothing else is kept that does not exist anyway.
    @Test
    void whatIsKeptForTheBackwardPassIsMarked() {
        Value x = Value.input("x", TensorType.of(DType.F32, 8, 32));
        Value w = Value.input("w", TensorType.of(DType.F32, 32, 16));
        Tensor y = x.matmul(w).tanh().sum();
        Graph graph = new Graph(List.of(x, w), List.of(Value.of(y)));
        List<String> marks = Picture.of(GraphSvg.draw(graph, Set.of("w"))).words().stream()
                .filter(words -> words.fill().equals(PURPLE))
                .map(Picture.Words::text)
                .toList();
        assertThat(marks).containsExactly("kept 512 B", "kept for the backward pass: 1 value, 512 B");
        assertThat(words(GraphSvg.draw(graph))).noneMatch(words -> words.contains("kept"));
    }

    @Test
    void aBackwardGraphIsLegible() {
        Legibility.check("backward of lenet", GraphSvg.draw(new Vjp().apply(SampleGraphs.lenet())));
    }

    @Test
    void constantsAreWordsInsideOperators() {
        Graph graph = GraphText.parse("""
                graph (x: f32[3]) {
                  a: f32[] = constant[type=f32[], elements=f32{0.125}]
                  b: f32[3] = broadcast[shape=[3]] a
                  c: f32[3] = maximum x b
                  d: f32[3] = constant[type=f32[3], elements=f32{1,2,3}]
                  e: f32[3] = mul c d
                  f: f32[] = constant[type=f32[], elements=f32{1.0}]
                  g: f32[3] = div f e
                } -> (g, d)
                """);
        String svg = GraphSvg.draw(graph);
        assertThat(words(svg))
                .contains(
                        "maximum", "0.125", "mul", "constant", "constant f32[3]", "div", "1/x", "output 0", "output 1")
                .doesNotContain("broadcast");
        Legibility.check("constants", svg);
    }

    @Test
    void namesAreEscapedAndLongOnesHaveRoom() {
        String label = "layers.<0>.a & b.weight of a very long path to a parameter";
        Value x = Value.input(label, TensorType.of(DType.F64, 2));
        String svg = GraphSvg.draw(new Graph(List.of(x), List.of(Value.of(x.sin()))), Set.of(label));
        assertThat(words(svg)).contains(label);
        Legibility.check("long name", svg);
    }

    @Test
    void aGraphWithoutOperatorsIsDrawn() {
        Value x = Value.input("x", TensorType.of(DType.I64));
        assertThat(words(GraphSvg.draw(new Graph(List.of(x), List.of(x)), Set.of())))
                .containsExactly("x", "i64[]", "output");
        Legibility.check("identity", GraphSvg.draw(new Graph(List.of(x), List.of(x, x))));
    }

    @Test
    void theSameGraphGivesTheSameBytes() {
        assertThat(GraphSvg.draw(SampleGraphs.lenet(), SampleGraphs.LENET_PARAMETERS))
                .isEqualTo(GraphSvg.draw(SampleGraphs.lenet(), SampleGraphs.LENET_PARAMETERS));
    }
}
