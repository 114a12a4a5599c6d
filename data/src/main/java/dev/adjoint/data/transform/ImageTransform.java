package dev.adjoint.data.transform;

import dev.adjoint.data.Batch;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.TensorType;
import java.util.Arrays;
import java.util.List;

/// A change of an image that belongs to a random key: the same key gives the same change.
///
/// {@snippet :
/// ImageTransform change = new RandomFlip(0.5).then(new RandomRotation(10));
/// }
@FunctionalInterface
public interface ImageTransform {
    /// The changed image.
    Image apply(Image image, Key key);

    /// This change, then another, with unrelated keys.
    default ImageTransform then(ImageTransform next) {
        return (image, key) -> next.apply(apply(image, key.fold(0)), key.fold(1));
    }

    /// The same change for every image of a batch with features `[n,channels,height,width]`; labels stay.
    ///
    /// @throws InvalidArgument from the transform if the features are no images, or come out in different sizes
    default BatchTransform onBatches() {
        return (batch, keys) -> {
            Shape shape = batch.features().type().shape();
            if (shape.rank() != 4) {
                throw new InvalidArgument("an image transform needs features [n,channels,height,width], not " + shape);
            }
            float[] all = Array.of(batch.features()).elements().floats();
            int size = Math.toIntExact(shape.part(1, 4).count());
            Image[] images = new Image[batch.size()];
            for (int i = 0; i < images.length; i++) {
                float[] pixels = Arrays.copyOfRange(all, i * size, (i + 1) * size);
                Image image = Image.of((int) shape.dim(1), (int) shape.dim(2), (int) shape.dim(3), pixels);
                images[i] = apply(image, keys.get(i));
            }
            return new Batch(stacked(List.of(images)), batch.labels());
        };
    }

    /// Images of one size as `f32[n,channels,height,width]`.
    ///
    /// @throws InvalidArgument if their sizes differ
    static Array stacked(List<Image> images) {
        Image first = images.getFirst();
        int size = first.channels() * first.height() * first.width();
        Elements all = Elements.allocate(DType.F32, (long) size * images.size());
        for (int i = 0; i < images.size(); i++) {
            Image image = images.get(i);
            if (!image.toString().equals(first.toString())) {
                throw new InvalidArgument("the images of a batch must have one size, not " + first + " and " + image);
            }
            image.copyTo(all.floats(), i * size);
        }
        return Array.of(TensorType.of(DType.F32, images.size(), first.channels(), first.height(), first.width()), all);
    }
}
