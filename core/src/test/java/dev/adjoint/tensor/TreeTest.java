package dev.adjoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TreeTest {
    /// A layer.
    public record Layer(Tensor weight, Tensor bias, int width) {}

    /// A model of layers.
    public record Model(String name, List<Layer> layers, Map<String, Object> extra) {}

    /// A record that counts how often it is built.
    public record Counted(List<Tensor> parts, List<Integer> builds) {
        public Counted {
            builds.add(1);
        }
    }

    private static Tensor x(long size) {
        return Value.input("x", TensorType.of(DType.F32, size));
    }

    private static Model model() {
        Map<String, Object> extra = new LinkedHashMap<>();
        extra.put("scale", x(5));
        extra.put("epoch", 7);
        return new Model("net", List.of(new Layer(x(1), x(2), 1), new Layer(x(3), x(4), 1)), extra);
    }

    @Test
    void pathsAreComponentNamesIndicesAndKeys() {
        assertThat(Tree.paths(model()).keySet())
                .containsExactly("layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias", "extra.scale");
        assertThat(Tree.paths(x(1)).keySet()).containsExactly("");
        assertThat(Tree.leaves(model())).extracting(t -> t.dim(0)).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(Tree.leaves("no tensor")).isEmpty();
    }

    /// A layer with or without a bias, and what it measures.
    public record Measuring(Tensor weight, Optional<Tensor> bias, ChannelStatistics statistics) {}

    @Test
    void optionalTensorsAreLeavesWhereTheyAre() {
        var statistics = new ChannelStatistics(x(3), x(4));
        var with = new Measuring(x(1), Optional.of(x(2)), statistics);
        var without = new Measuring(x(1), Optional.empty(), statistics);
        assertThat(Tree.paths(with).keySet())
                .containsExactly("weight", "bias", "statistics.mean", "statistics.variance");
        assertThat(Tree.paths(without).keySet()).containsExactly("weight", "statistics.mean", "statistics.variance");
        Measuring doubled = Tree.map(with, t -> x(2 * t.dim(0)));
        assertThat(doubled.bias().orElseThrow().dim(0)).isEqualTo(4);
        assertThat(Tree.map(with, t -> t)).isSameAs(with);
        assertThat(Tree.map(without, t -> x(9)).bias()).isEmpty();
    }

    @Test
    void whatIsMeasuredIsNotLearned() {
        var layer = new Measuring(x(1), Optional.of(x(2)), new ChannelStatistics(x(3), x(4)));
        assertThat(Tree.learned(Map.of("norm", layer))).containsOnlyKeys("norm.weight", "norm.bias");
        assertThat(Tree.learned(layer.statistics())).isEmpty();
        assertThat(Tree.learned(layer)).containsEntry("weight", layer.weight());
    }

    @Test
    void mappingKeepsTheFormAndEverythingElse() {
        Model doubled = Tree.map(model(), t -> x(2 * t.dim(0)));
        assertThat(Tree.leaves(doubled)).extracting(t -> t.dim(0)).containsExactly(2L, 4L, 6L, 8L, 10L);
        assertThat(doubled.name()).isEqualTo("net");
        assertThat(doubled.layers().getFirst().width()).isEqualTo(1);
        assertThat(doubled.extra()).containsEntry("epoch", 7).containsOnlyKeys("scale", "epoch");
        Model named = Tree.mapPaths(model(), (path, leaf) -> path.endsWith("bias") ? x(9) : leaf);
        assertThat(Tree.leaves(named)).extracting(t -> t.dim(0)).containsExactly(1L, 9L, 3L, 9L, 5L);
    }

    @Test
    void whatDoesNotChangeIsNotBuiltAgain() {
        List<Integer> builds = new ArrayList<>();
        Counted counted = new Counted(List.of(x(1)), builds);
        assertThat(Tree.leaves(counted)).hasSize(1);
        assertThat(Tree.map(counted, t -> t)).isSameAs(counted);
        assertThat(builds).hasSize(1);
        Tree.map(counted, t -> x(2));
        assertThat(builds).hasSize(2);
    }

    @Test
    void treesOfOneFormZip() {
        Model sum = Tree.zip(model(), model(), (a, b) -> x(a.dim(0) + b.dim(0)));
        assertThat(Tree.leaves(sum)).extracting(t -> t.dim(0)).containsExactly(2L, 4L, 6L, 8L, 10L);
        assertThatThrownBy(() -> Tree.zip(model(), x(1), (a, b) -> a))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("the tree holds 5 tensors, not 1");
        assertThatThrownBy(() -> Tree.withLeaves(List.of(x(1)), List.of()))
                .hasMessage("the tree holds 1 tensors, not 0");
    }

    @Test
    void nullsAreNamed() {
        assertThatThrownBy(() -> Tree.leaves(List.of(new Layer(x(1), null, 1))))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("a tree of tensors holds no null, but there is one at 0.bias");
        assertThatThrownBy(() -> Tree.leaves(Arrays.asList(x(1), null)))
                .hasMessage("a tree of tensors holds no null, but there is one at 1");
        assertThatThrownBy(() -> Tree.leaves(null))
                .hasMessage("a tree of tensors holds no null, but there is one in its place");
    }

    @Test
    void recordsMayRefuseWhatTheyAreGiven() {
        record Positive(Tensor tensor) {
            Positive {
                if (tensor.dim(0) > 3) {
                    throw new InvalidArgument("too large");
                }
            }
        }
        assertThatThrownBy(() -> Tree.map(new Positive(x(1)), t -> x(4))).hasMessage("too large");
    }

    @Test
    void closedRecordsSayHowToOpenThem() {
        // A record of a named module that exports it to nobody: one of the JDK's own.
        Object closed = closedRecord();
        assertThatThrownBy(() -> Tree.leaves(closed))
                .isInstanceOf(AdjointException.class)
                .hasMessage("cannot walk into record " + closed.getClass().getName()
                        + ": make it public in an exported package, or write 'opens "
                        + closed.getClass().getPackageName() + " to dev.adjoint.core' in its module-info");
    }

    private static Object closedRecord() {
        var instruction = java.lang.classfile.attribute.SourceFileAttribute.of("x");
        Object found = java.lang.classfile.attribute.LineNumberInfo.of(1, 2);
        assertThat(found).as(instruction.toString()).isInstanceOf(Record.class);
        return found;
    }
}
