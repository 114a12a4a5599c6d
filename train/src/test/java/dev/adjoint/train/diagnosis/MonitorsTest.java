package dev.adjoint.train.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.nn.Sequential;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.train.Batches;
import dev.adjoint.train.Callback;
import dev.adjoint.train.TrainState;
import dev.adjoint.train.Trainer;
import dev.adjoint.train.diagnosis.Patients.Cloud;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MonitorsTest {
    private static final Subject<Sequential, Cloud> SUBJECT = Patients.subject(Patients.network());

    private static TrainState<Sequential> train(Callback<Sequential> callback, long epochs) {
        Batches<Cloud> batches = Batches.repeated(SUBJECT.batches());
        return new Trainer<>(SUBJECT.step(), batches, Kernels.installed())
                .callbacks(List.of(callback))
                .run(SUBJECT.start(), epochs);
    }

    @Test
    void ratiosAreToldEveryNthStep() {
        List<UpdateRatios.Result> told = new ArrayList<>();
        train(new RatioMonitor<>(5, told::add), 3);
        assertThat(told).extracting(UpdateRatios.Result::step).containsExactly(5L, 10L);
        UpdateRatios.Result alone = UpdateRatios.standard().run(SUBJECT);
        assertThat(told.getLast().layers()).hasSameSizeAs(alone.layers());
        for (int i = 0; i < alone.layers().size(); i++) {
            assertThat(told.getLast().layers().get(i).ratio())
                    .isEqualTo(alone.layers().get(i).ratio(), within(1e-12));
        }
    }

    @Test
    void layersAreLookedAtEveryNthStep() {
        List<CheckResult> told = new ArrayList<>();
        TrainState<Sequential> last = train(new LayerMonitor<>(SUBJECT, 6, told::add), 3);
        assertThat(told)
                .extracting(CheckResult::check)
                .containsExactly("gradients by layer", "activations", "gradients by layer", "activations");
        assertThat(told.getLast())
                .isEqualTo(new Activations().run(SUBJECT.with(last.model())))
                .isNotEqualTo(told.get(1));
    }

    @Test
    void monitorsLookAtSomeStep() {
        assertThatThrownBy(() -> new RatioMonitor<Sequential>(0, _ -> {}))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageStartingWith("a monitor looks every 1 or more steps, not 0");
    }
}
