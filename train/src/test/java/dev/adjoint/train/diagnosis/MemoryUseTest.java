package dev.adjoint.train.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.graph.Trace;
import dev.adjoint.nn.Losses;
import dev.adjoint.nn.Sequential;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.train.Objective;
import dev.adjoint.train.TrainStep;
import dev.adjoint.train.diagnosis.Patients.Cloud;
import dev.adjoint.train.optimizer.Adam;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryUseTest {
    private static final long MEBIBYTE = 1L << 20;

    @Test
    void theLargestBatchFitsAndOneTenthMoreDoesNot() {
        Subject<Sequential, Cloud> subject = Patients.subject(Patients.network());
        MemoryUse.Result result = new MemoryUse(MEBIBYTE).run(subject);
        assertThat(result.verdict()).isEqualTo(Verdict.FINE);
        long largest = result.largest().orElseThrow();
        assertThat(peak(subject, largest)).isLessThanOrEqualTo(MEBIBYTE);
        assertThat(peak(subject, largest + largest / 10)).isGreaterThan(MEBIBYTE);
        assertThat(result.summary())
                .startsWith("a training step of 30 examples takes ")
                .endsWith(", enough for batches of " + largest + " examples");
    }

    private static long peak(Subject<Sequential, Cloud> subject, long size) {
        var batch = Examples.typed(subject.batch(), size);
        var argument = new TrainStep.Argument<>(subject.start(), batch);
        return Executable.compile(Trace.of(argument, subject.step()).graph())
                .plan()
                .peakBytes();
    }

    @Test
    void layersAreCountedInBytes() {
        MemoryUse.Result result = MemoryUse.ofThisMachine().run(Patients.subject(Patients.network()));
        assertThat(result.layers())
                .extracting(MemoryUse.Layer::name)
                .containsExactly("layers.first", "layers.second", "layers.readout");
        MemoryUse.Layer first = result.layers().getFirst();
        assertThat(first.weights()).isEqualTo(4L * (Patients.FEATURES * 32 + 32));
        assertThat(first.largest()).isEqualTo(4L * 30 * 32);
        // The results of the ramp; they tell its slope, too.
        assertThat(first.kept()).isEqualTo(4L * 30 * 32);
        assertThat(result.sizes()).extracting(MemoryUse.Size::examples).startsWith(1L, 30L, 60L);
        assertThat(result.sizes())
                .allSatisfy(size -> assertThat(size.training()).isGreaterThan(size.prediction()));
        assertThat(result.sizes()).extracting(MemoryUse.Size::training).isSorted();
    }

    @Test
    void tooLittleMemoryIsSaid() {
        MemoryUse.Result result = new MemoryUse(1000).run(Patients.subject(Patients.network()));
        assertThat(result.verdict()).isEqualTo(Verdict.BROKEN);
        assertThat(result.advice().getFirst()).startsWith("smaller batches");
        assertThat(result.largest()).hasValue(0L);
        assertThatThrownBy(() -> new MemoryUse(0)).isInstanceOf(InvalidArgument.class);
    }

    @Test
    void anObjectiveForOneBatchSizeIsMeasuredForThat() {
        Array weights = Array.zeros(DType.F32, 30);
        Objective<Sequential, Cloud> objective =
                (model, batch, pass) -> Losses.softmaxCrossEntropy(model.apply(batch.features(), pass), batch.labels())
                        .mul(weights)
                        .mean();
        Subject<Sequential, Cloud> subject = new Subject<>(
                Patients.network(), new TrainStep<>(objective, Adam.of(1e-3)), Patients.batches(), Key.of(1));
        MemoryUse.Result result = new MemoryUse(MEBIBYTE).run(subject);
        assertThat(result.largest()).isEmpty();
        assertThat(result.summary()).endsWith("and the objective takes no other batch size");
        assertThat(result.figures())
                .hasSize(2)
                .extracting(Figures::columns)
                .contains(List.of("examples", "prediction", "training"));
    }
}
