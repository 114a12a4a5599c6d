package dev.adjoint.testkit;

import static dev.adjoint.testkit.GradientAssertions.assertGradients;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.testkit.Fixtures.WrongSquare;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GradientAssertionsTest {
    /// A tree of tensors.
    public record Affine(Tensor weight, List<Tensor> biases, String name) {}

    @Test
    void passesAtAllOrders() {
        var checked = assertGradients((Tensor x) -> x.sin().mul(x.exp()).tanh())
                .at(Array.of(new double[][] {{0.3, -1.2}, {2, 0.01}}))
                .order(3);
        assertThat(checked.reports()).hasSize(3).allMatch(r -> r.worst() < 1e-9);
    }

    @Test
    void takesTreesAndF32() {
        Affine point = new Affine(
                Array.of(new float[][] {{1, 2}, {3, 4}}), List.of(Array.of(0.5f, -0.5f), Array.scalar(2f)), "affine");
        assertGradients((Affine a) -> Map.of(
                        "y",
                        a.weight()
                                .matmul(a.weight())
                                .add(a.biases().get(0))
                                .mul(a.biases().get(1))))
                .at(point)
                .order(2);
    }

    @Test
    void namesTheWorstEntriesOfAWrongRule() {
        Affine point = new Affine(Array.of(new double[][] {{0.25, 2}}), List.of(Array.of(3.0)), "affine");
        assertThatThrownBy(() -> assertGradients((Affine a) -> a.weight()
                                .apply(new WrongSquare())
                                .sum()
                                .add(a.biases().get(0).square().sum()))
                        .at(point))
                .isInstanceOf(AssertionError.class)
                .hasMessage("""
                        gradients of order 1 disagree with central differences: 2 of 3 entries wrong, worst relative error 5.0e-01, allowed 1.0e-06, seed 231
                          reverse mode                 analytic          numeric  relative error
                          weight[0,1]                2.00000000       4.00000000         5.0e-01
                          weight[0,0]               0.250000000      0.500000000         2.5e-01""");
    }

    @Test
    void saysThatAnEntryLiesAtAKink() {
        var checked = assertGradients((Tensor x) -> x.relu().sum()).at(Array.of(-1.0, 0, 1));
        GradientReport report = checked.reports().getFirst();
        assertThat(report.kinks()).extracting(GradientEntry::name).containsExactly("x[1]");
        assertThat(report.toString())
                .contains("gradients of order 1 agree")
                .contains("not compared: x[1] lies at a kink");
    }

    @Test
    void aKinkNearbyIsNoKink() {
        var checked = assertGradients((Tensor x) -> x.abs().sum()).at(Array.of(1e-4));
        assertThat(checked.reports().getFirst().kinks()).isEmpty();
        assertThat(checked.reports().getFirst().worst()).isLessThan(1e-6);
    }

    @Test
    void nothingToDifferentiateIsRefused() {
        assertThatThrownBy(() -> assertGradients((Tensor x) -> x).at(Array.of(1, 2)))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("there is nothing to differentiate by: the point holds no floating tensor");
        assertThatThrownBy(() -> assertGradients((Tensor x) -> x.argmax(0)).at(Array.of(1.0, 2)))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("there is nothing to differentiate: the function's result holds no floating tensor");
    }
}
