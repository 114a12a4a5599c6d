package dev.adjoint.cli.training;

import dev.adjoint.data.transform.ColorJitter;
import dev.adjoint.data.transform.ImageTransform;
import dev.adjoint.data.transform.RandomCrop;
import dev.adjoint.data.transform.RandomErasing;
import dev.adjoint.data.transform.RandomFlip;
import dev.adjoint.data.transform.RandomRotation;
import dev.adjoint.data.transform.RandomScale;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.NearestNames;
import dev.adjoint.tensor.OneLine;
import dev.adjoint.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The random changes of training images by name: `flip,shift=2,rotate=10`.
enum Change {
    /// Left and right exchanged, with this probability.
    FLIP(0.5) {
        @Override
        ImageTransform of(double probability, Shape image) {
            return new RandomFlip(probability);
        }
    },
    /// Moved by so many pixels at most.
    SHIFT(1) {
        @Override
        ImageTransform of(double pixels, Shape image) {
            return new RandomCrop((int) image.dim(1), (int) image.dim(2), (int) pixels);
        }
    },
    /// Turned by so many degrees at most.
    ROTATE(10) {
        @Override
        ImageTransform of(double degrees, Shape image) {
            return new RandomRotation(degrees);
        }
    },
    /// Made smaller or larger by this share at most.
    SCALE(0.1) {
        @Override
        ImageTransform of(double share, Shape image) {
            return new RandomScale(1 - share, 1 + share);
        }
    },
    /// A rectangle set to 0, with this probability.
    ERASE(0.5) {
        @Override
        ImageTransform of(double probability, Shape image) {
            return new RandomErasing(probability, 0.02, 0.33);
        }
    },
    /// Brightness, contrast and saturation changed by this share at most.
    JITTER(0.2) {
        @Override
        ImageTransform of(double share, Shape image) {
            return new ColorJitter(share, share, share);
        }
    };

    private final double usual;

    Change(double usual) {
        this.usual = usual;
    }

    abstract ImageTransform of(double strength, Shape image);

    private String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /// The changes of a text, one after the other; `none` for none.
    ///
    /// @param image the shape of an image
    /// @throws InvalidArgument if there is none of a name, a strength does not fit, or the examples are no images
    static Optional<ImageTransform> parse(String text, Shape image) {
        if (text.equals("none")) {
            return Optional.empty();
        }
        if (image.rank() != 3) {
            throw new InvalidArgument(
                    "--augment changes images [channels,height,width], and the examples are " + image);
        }
        return Stream.of(text.split(",", -1))
                .map(part -> one(part.strip(), image))
                .reduce(ImageTransform::then);
    }

    private static ImageTransform one(String part, Shape image) {
        String name = part.replaceFirst("=.*", "");
        List<String> known = Stream.of(values()).map(Change::label).toList();
        Change change = Stream.of(values())
                .filter(c -> c.label().equals(name))
                .findFirst()
                .orElseThrow(() -> NearestNames.unknown("change of images", name, known));
        String strength = part.substring(name.length());
        return change.of(strength.isEmpty() ? change.usual : number(name, strength.substring(1)), image);
    }

    private static double number(String name, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new InvalidArgument("--augment " + name + ": '" + OneLine.of(text) + "' is not a number");
        }
    }
}
