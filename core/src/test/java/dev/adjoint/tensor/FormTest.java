package dev.adjoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.graph.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FormTest {
    /// A layer.
    public record Layer(Tensor weight, Optional<Tensor> bias, int width) {}

    /// A model of layers.
    public record Model(String name, List<Layer> layers, Map<String, Object> extra) {}

    private static Tensor x(long size) {
        return Value.input("x", TensorType.of(DType.F32, size));
    }

    private static Model model(int width, String first, String second) {
        Map<String, Object> extra = new LinkedHashMap<>();
        extra.put(first, x(5));
        extra.put(second, x(5));
        extra.put("epoch", 7);
        return new Model(
                "net", List.of(new Layer(x(1), Optional.of(x(2)), width), new Layer(x(3), Optional.empty(), 1)), extra);
    }

    private static boolean fits(Form<?> form, Object tree) {
        return form.take(tree, new Tensor[form.count()]);
    }

    @Test
    void takesTheTensorsInTheOrderOfTheTree() {
        Model model = model(1, "a", "b");
        Form<Model> form = Form.of(model);
        Model other = model(1, "a", "b");
        Tensor[] leaves = new Tensor[form.count()];
        assertThat(form.take(other, leaves)).isTrue();
        assertThat(leaves).containsExactlyElementsOf(Tree.leaves(other));
        assertThat(form.with(leaves)).isEqualTo(other);
    }

    @Test
    void anythingElseIsAnotherForm() {
        Form<Model> form = Form.of(model(1, "a", "b"));
        Model same = model(1, "a", "b");
        assertThat(fits(form, model(2, "a", "b"))).isFalse();
        assertThat(fits(form, model(1, "a", "c"))).isFalse();
        assertThat(fits(form, new Model("other", same.layers(), same.extra()))).isFalse();
        assertThat(fits(form, new Model("net", List.of(same.layers().getFirst()), same.extra())))
                .isFalse();
        assertThat(fits(form, new Model("net", same.layers().reversed(), same.extra())))
                .isFalse();
        assertThat(fits(form, x(1))).isFalse();
        assertThat(fits(Form.of(x(1)), x(1))).isTrue();
        assertThat(fits(Form.of(x(1)), x(2))).isFalse();
        assertThat(fits(Form.of(x(1)), Value.input("x", TensorType.of(DType.F64, 1))))
                .isFalse();
        assertThat(fits(Form.of(List.of(x(1))), List.of("x"))).isFalse();
    }

    @Test
    void theOrderOfAMapIsThatOfItsTensors() {
        assertThat(fits(Form.of(model(1, "a", "b")), model(1, "b", "a"))).isFalse();
    }

    @Test
    void whatHoldsNoTensorsStaysItself() {
        List<String> names = List.of("a", "b");
        assertThat(Form.of(names).with()).isSameAs(names);
    }

    @Test
    void errorsSayWhatIsWrong() {
        assertThatThrownBy(() -> Form.of(List.of(x(1), x(2))).with(x(1)))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("the tree holds 2 tensors, not 1");
        Map<String, Object> hole = new LinkedHashMap<>();
        hole.put("a", null);
        assertThatThrownBy(() -> Form.of(hole))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("a tree of tensors holds no null, but there is one at a");
    }
}
