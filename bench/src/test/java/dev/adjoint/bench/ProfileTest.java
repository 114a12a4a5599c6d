package dev.adjoint.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.run.Kernels;
import org.junit.jupiter.api.Test;

class ProfileTest {
    private static final Profile PROFILE = Profile.of(Workload.MLP_SMALL, Kernels.installed(), Stopwatch.brief());

    @Test
    void everyKernelOfTheStepHasATimeAndItsWork() {
        assertThat(PROFILE.kernels()).hasSizeGreaterThan(5).allSatisfy(kernel -> {
            assertThat(kernel.nanoseconds()).isPositive();
            assertThat(kernel.work().bytes()).isPositive();
            assertThat(kernel.operators()).isNotBlank();
            assertThat(kernel.results()).contains("[");
        });
    }

    /// Batch 32: forward through 64·32 and 32·10 weights, their gradients, and the gradient of the hidden layer.
    @Test
    void theProductsAreTheArithmeticOfTheLayers() {
        long products = PROFILE.kernels().stream()
                .filter(kernel -> kernel.operators().contains("matmul"))
                .mapToLong(kernel -> kernel.work().operations())
                .sum();
        long wanted = 2 * 32 * (2 * 64 * 32 + 3 * 32 * 10);
        assertThat(products).isBetween(wanted, wanted + wanted / 10); // what is fused with them counts too
    }

    @Test
    void sumsAreSums() {
        assertThat(PROFILE.nanoseconds())
                .isEqualTo(PROFILE.kernels().stream()
                        .mapToLong(KernelCost::nanoseconds)
                        .sum());
        assertThat(PROFILE.work().operations()).isPositive();
        assertThat(PROFILE.peakBytes()).isGreaterThan(4 * (32 * 64 + 64 * 32 + 32 * 10));
        assertThat(PROFILE.arenaBytes()).isPositive();
    }
}
