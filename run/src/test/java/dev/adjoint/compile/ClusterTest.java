package dev.adjoint.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.op.linalg.Qr;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ClusterTest {
    @Test
    void aCallWithSeveralResultsIsNamedOnce() {
        Cluster cluster = Cluster.of(new Qr(), List.of(TensorType.of(DType.F64, 3, 2)));
        assertThat(cluster.outputTypes()).hasSize(2);
        assertThat(cluster).hasToString("qr");
    }
}
