package dev.adjoint.cli.training;

import dev.adjoint.tensor.AdjointException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The figures of every epoch that is done, and the losses so far of the one that is not.
///
/// @param epochs one for every epoch, in order
/// @param lossSum the sum of the losses of the steps since
/// @param steps how many steps these are
public record History(List<Epoch> epochs, double lossSum, long steps) {
    private static final String HEADING = "epoch,steps,train_loss,test_loss,test_accuracy,seconds";

    /// The figures of one epoch.
    ///
    /// @param epoch its number, from 1
    /// @param steps the steps done at its end, all epochs together
    /// @param trainLoss the mean of the losses of its steps
    /// @param testLoss the mean loss of the test examples after it
    /// @param testAccuracy the share of them whose class was found
    /// @param seconds how long it took
    public record Epoch(
            long epoch, long steps, double trainLoss, double testLoss, double testAccuracy, double seconds) {}

    public History {
        epochs = List.copyOf(epochs);
    }

    /// Nothing is done yet.
    public static History empty() {
        return new History(List.of(), 0, 0);
    }

    /// One more step.
    History step(double loss) {
        return new History(epochs, lossSum + loss, steps + 1);
    }

    /// The mean of the losses since the last epoch.
    double meanLoss() {
        return lossSum / steps;
    }

    /// One more epoch.
    History epoch(Epoch epoch) {
        List<Epoch> more = new ArrayList<>(epochs);
        more.add(epoch);
        return new History(more, 0, 0);
    }

    /// The last epoch, if there is one.
    public Optional<Epoch> last() {
        return epochs.isEmpty() ? Optional.empty() : Optional.of(epochs.getLast());
    }

    /// The epochs as comma-separated text with a heading.
    public String csv() {
        return epochs.stream()
                .map(e -> "%d,%d,%s,%s,%s,%s"
                        .formatted(e.epoch, e.steps, e.trainLoss, e.testLoss, e.testAccuracy, e.seconds))
                .collect(Collectors.joining("\n", HEADING + "\n", epochs.isEmpty() ? "" : "\n"));
    }

    /// The history of what [#csv] wrote and of the step sums beside it.
    ///
    /// @throws AdjointException if the text is damaged
    static History parse(String csv, String lossSum, String steps, Path file) {
        try {
            List<Epoch> epochs =
                    csv.lines().skip(1).map(line -> epoch(line.split(",", -1))).toList();
            return new History(epochs, Double.parseDouble(lossSum), Long.parseLong(steps));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new AdjointException(file + ": the history in its header is damaged", e);
        }
    }

    private static Epoch epoch(String[] cells) {
        return new Epoch(
                Long.parseLong(cells[0]),
                Long.parseLong(cells[1]),
                Double.parseDouble(cells[2]),
                Double.parseDouble(cells[3]),
                Double.parseDouble(cells[4]),
                Double.parseDouble(cells[5]));
    }
}
