package dev.adjoint.cli.training;

import dev.adjoint.draw.LossChart;
import dev.adjoint.draw.Scale;
import dev.adjoint.train.RateFinder;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// The losses of an experiment at growing rates.
///
/// @param curve rate and loss of every step
public record RateSearch(RateFinder.Curve curve) {
    /// The rates from 10⁻⁶ to 10 on the batches of the first epoch.
    ///
    /// @throws dev.adjoint.tensor.InvalidArgument if the first loss is not a finite number
    public static RateSearch of(Experiment experiment) {
        return new RateSearch(experiment.rates(new RateFinder(1e-6, 10, 140)));
    }

    /// The losses over the decimal logarithm of the rate.
    public String picture() {
        LossChart chart = new LossChart(
                "Loss while the learning rate grows", "rate, log₁₀", "softmax cross entropy", Scale.LOGARITHMIC);
        return chart.draw(
                List.of(series("of the step", RateFinder.Point::loss), series("smoothed", RateFinder.Point::smoothed)));
    }

    private LossChart.Series series(String name, ToDoubleFunction<RateFinder.Point> value) {
        double[] at =
                curve.points().stream().mapToDouble(p -> Math.log10(p.rate())).toArray();
        return LossChart.Series.of(
                name, at, curve.points().stream().mapToDouble(value).toArray());
    }
}
