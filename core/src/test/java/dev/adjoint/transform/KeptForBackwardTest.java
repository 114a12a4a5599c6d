package dev.adjoint.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.op.source.Constant;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeptForBackwardTest {
    private final Value x = Value.input("x", TensorType.of(DType.F32, 3, 4));
    private final Value w = Value.input("w", TensorType.of(DType.F32, 4, 5));

    private static List<KeptForBackward> kept(List<Value> inputs, Tensor output) {
        return KeptForBackward.of(new Graph(inputs, List.of(Value.of(output))));
    }

    @Test
    void aSumOfInputsKeepsNothing() {
        assertThat(kept(List.of(x), x.add(x).sum())).isEmpty();
    }

    /// d(xw) = dx·w + x·dw: both factors are wanted.
    @Test
    void aProductKeepsBothFactors() {
        assertThat(kept(List.of(x, w), x.matmul(w)))
                .containsExactly(
                        new KeptForBackward(x, 0, List.of("matmul")), new KeptForBackward(w, 0, List.of("matmul")));
    }

    /// d eˣ = eˣ·dx is a function of the result, d sin x = cos x·dx one of the operand.
    @Test
    void aUnaryFunctionKeepsWhatItsDerivativeIsAFunctionOf() {
        Value exp = Value.of(x.exp());
        assertThat(kept(List.of(x), exp.sum())).containsExactly(new KeptForBackward(exp, 48, List.of("exp")));
        Value sin = Value.of(exp.sin());
        assertThat(kept(List.of(x), sin.sum())).containsExactly(new KeptForBackward(exp, 48, List.of("exp", "sin")));
    }

    @Test
    void aReshapedValueIsItsOperand() {
        Value exp = Value.of(x.exp());
        Tensor flat = exp.reshape(12).sin();
        assertThat(kept(List.of(x), flat.sum())).containsExactly(new KeptForBackward(exp, 48, List.of("exp", "sin")));
    }

    @Test
    void nothingIsKeptForWhatNoGradientReaches() {
        Tensor stopped = x.exp().stopGradient();
        assertThat(kept(List.of(x), stopped.sum())).isEmpty();
        Value exp = Value.of(x.exp().stopGradient());
        assertThat(kept(List.of(x), x.mul(exp).sum()))
                .extracting(KeptForBackward::wantedBy)
                .containsExactly(List.of("mul"));
    }

    /// A product of four is (x₁x₂)(x₃x₄) by halves: two slices of two elements and two of one are wanted by products.
    @Test
    void whatACompositeKeepsInsideIsCountedAsItsResult() {
        Value four = Value.input("x", TensorType.of(DType.F32, 4));
        Value product = Value.of(four.prod());
        List<KeptForBackward> kept = kept(List.of(four), product);
        assertThat(kept).containsExactly(new KeptForBackward(product, 4 * (2 * 2 + 2), List.of("mul")));
        assertThat(KeptForBackward.bytes(kept)).isEqualTo(24);
    }

    /// The definition, checked on a network: what the calls of the transformed graph that are not calls of the forward
    /// graph have as operands.
    @Test
    void agreesWithTheTransformedGraphOfANetwork() {
        Value image = Value.input("image", TensorType.of(DType.F32, 2, 1, 8, 8));
        Value kernel = Value.input("kernel", TensorType.of(DType.F32, 3, 1, 3, 3));
        Value weight = Value.input("weight", TensorType.of(DType.F32, 27, 10));
        Value labels = Value.input("labels", TensorType.of(DType.I64, 2));
        Tensor hidden = image.conv2d(kernel, Window.dense(2)).relu();
        Tensor pooled = hidden.maxPool(Window.dense(2).stride(2), Shape.of(2, 2));
        Tensor loss = pooled.square().reshape(2, 27).matmul(weight).tanh().crossEntropy(labels);
        Graph graph = new Graph(List.of(image, kernel, weight, labels), List.of(Value.of(loss)));

        Set<Value> forward = new HashSet<>(graph.values());
        Set<Value> read = new HashSet<>();
        for (Value value : new Vjp().apply(graph).values()) {
            if (!forward.contains(value)) {
                value.inputs().stream().filter(forward::contains).forEach(v -> read.add(stored(v)));
            }
        }
        read.removeIf(value -> value.op() instanceof Constant);
        assertThat(KeptForBackward.of(graph))
                .extracting(KeptForBackward::value)
                .containsExactlyInAnyOrderElementsOf(read)
                .hasSizeGreaterThan(6);
    }

    private static Value stored(Value value) {
        return value.op().name().equals("reshape") ? stored(value.input(0)) : value;
    }
}
