package dev.adjoint.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
    @TempDir
    Path folder;

    private static Network.Affine affine(int in, int out, float value) {
        return new Network.Affine(
                Array.zeros(DType.F32, in, out).add(value),
                Array.zeros(DType.F32, out).sub(value));
    }

    private static Network network(float value) {
        return new Network(affine(2, 3, value), List.of(affine(3, 1, value), affine(3, 2, value)), "tanh");
    }

    private Path file() {
        return folder.resolve("m.safetensors");
    }

    @Test
    void tensorsAreNamedByTheirPaths() {
        Safetensors.save(file(), network(1), Map.of("epochs", "3"));
        TensorFile read = Safetensors.read(file());
        assertThat(read.tensors())
                .containsOnlyKeys(
                        "hidden.weight",
                        "hidden.bias",
                        "readouts.0.weight",
                        "readouts.0.bias",
                        "readouts.1.weight",
                        "readouts.1.bias");
        assertThat(read.metadata()).isEqualTo(Map.of("epochs", "3"));
    }

    @Test
    void aModelComesBackIntoOneOfTheSameForm() {
        Safetensors.save(file(), network(1));
        assertThat(Safetensors.load(file(), network(0))).isEqualTo(network(1));
    }

    @Test
    void aTensorByItselfIsAModelToo() {
        Safetensors.save(file(), Array.of(1f, 2f));
        assertThat(Safetensors.load(file(), Array.of(0f, 0f))).isEqualTo(Array.of(1f, 2f));
    }

    @Test
    void differencesAreATable() {
        Map<String, Tensor> tensors = new LinkedHashMap<>(Tree.paths(network(1)));
        tensors.remove("hidden.bias");
        tensors.put("hidden.weight", Array.zeros(DType.F32, 3, 2));
        tensors.put("readouts.1.bias", Array.zeros(DType.F64, 2));
        tensors.put("old.scale", Array.scalar(1f));
        Safetensors.write(file(), tensors, Map.of());
        assertThatThrownBy(() -> Safetensors.load(file(), network(0)))
                .isInstanceOf(ModelMismatch.class)
                .hasMessage(file() + """
                        : does not fit the model: 1 missing, 1 unexpected, 2 of another type
                          hidden.bias      the model has f32[3], the file has none
                          old.scale        the model has none, the file has f32[]
                          hidden.weight    the model has f32[2,3], the file has f32[3,2]
                          readouts.1.bias  the model has f32[2], the file has f64[2]""");
    }

    @Test
    void longTablesAreCut() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (int i = 0; i < 30; i++) {
            tensors.put("t" + i, Array.scalar(1f));
        }
        Safetensors.save(file(), Map.of());
        assertThatThrownBy(() -> Safetensors.load(file(), tensors))
                .hasMessageStartingWith(
                        file() + ": does not fit the model: 30 missing, 0 unexpected, 0 of another type\n")
                .hasMessageEndingWith("\n  and 10 more");
    }

    @Test
    void twoTensorsWithOnePathAreRefused() {
        Map<String, Object> tree = Map.of("a.b", Array.of(1f), "a", Map.of("b", Array.of(2f)));
        assertThatThrownBy(() -> Safetensors.save(file(), tree))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("two tensors of the model have the path 'a.b'");
        assertThat(file()).doesNotExist();
    }
}
