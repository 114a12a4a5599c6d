package dev.adjoint.data.transform;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import java.util.List;

/// (x − mean) / deviation, channel by channel.
///
/// @param mean one number for each channel
/// @param deviation one positive number for each channel
public record Normalize(List<Double> mean, List<Double> deviation) implements ImageTransform {
    /// @throws InvalidArgument if there are not as many deviations as means, or one is not positive
    public Normalize {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (mean.size() != deviation.size() || deviation.stream().anyMatch(d -> !(d > 0))) {
            throw new InvalidArgument("to normalise takes a mean and a positive deviation for each channel, not " + mean
                    + " and " + deviation);
        }
    }

    /// @throws InvalidArgument if the image has another number of channels
    @Override
    public Image apply(Image image, Key key) {
        if (image.channels() != mean.size()) {
            throw new InvalidArgument("means for " + mean.size() + " channels do not fit " + image);
        }
        return image.with(
                (channel, y, x) -> (float) ((image.get(channel, y, x) - mean.get(channel)) / deviation.get(channel)));
    }
}
