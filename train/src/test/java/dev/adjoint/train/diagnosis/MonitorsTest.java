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
        assertThat(told).extracting(UpdateRatios.Result::last).containsExactly(5L, 10L);
        assertThat(told.getLast().first()).isEqualTo(10);
        UpdateRatios.Result most = UpdateRatios.standard().run(SUBJECT);
        assertThat(told).allSatisfy(one -> {
            for (int i = 0; i < most.layers().size(); i++) {
                assertThat(one.layers().get(i).ratio())
                        .isPositive()
                        .isLessThanOrEqualTo(most.layers().get(i).ratio());
            }
        });
    }

    @Test
    void theRatioIsThatOfTheNorms() {
        Sequential before = Patients.network();
        UpdateRatios.Result result = UpdateRatios.of(7, before, Patients.scaled(before, 1.25));
        assertThat(result.layers()).allSatisfy(row -> assertThat(row.ratio()).isEqualTo(0.25, within(1e-6)));
        assertThat(result.verdict()).isEqualTo(Verdict.WORTH_A_LOOK);
        assertThat(result.summary()).startsWith("step 7 changes layers.first by 0.250 of its size, too large, ");
    }

    @Test
    void layersAreLookedAtEveryNthStep() {
        List<CheckResult> told = new ArrayList<>();
        TrainState<Sequential> last = train(new LayerMonitor<>(SUBJECT, 6, told::add), 3);
        assertThat(told)
                .extracting(CheckResult::check)
                .containsExactly("gradients by layer", "activations", "gradients by layer", "activations");
        assertThat(told.getLast())
                .isEqualTo(new UnitActivity().run(SUBJECT.with(last.model())))
                .isNotEqualTo(told.get(1));
    }

    @Test
    void monitorsLookAtSomeStep() {
        assertThatThrownBy(() -> new RatioMonitor<Sequential>(0, _ -> {}))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageStartingWith("a monitor looks every 1 or more steps, not 0");
    }
}
