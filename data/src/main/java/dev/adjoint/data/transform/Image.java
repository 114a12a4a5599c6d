package dev.adjoint.data.transform;

import dev.adjoint.tensor.InvalidArgument;
import java.util.Arrays;

/// The pixels of one image `[channels,height,width]`, row-major; usually 0 (dark) … 1. It never changes.
public final class Image {
    private final int channels;
    private final int height;
    private final int width;
    private final float[] pixels;

    private Image(int channels, int height, int width, float[] pixels) {
        this.channels = channels;
        this.height = height;
        this.width = width;
        this.pixels = pixels;
    }

    /// An image of these pixels, which the caller must not write to any more.
    ///
    /// @throws InvalidArgument if a size is below 1 or the sizes are not those of the pixels
    public static Image of(int channels, int height, int width, float[] pixels) {
        if (channels < 1 || height < 1 || width < 1 || (long) channels * height * width != pixels.length) {
            throw new InvalidArgument(
                    pixels.length + " pixels are not an image [" + channels + "," + height + "," + width + "]");
        }
        return new Image(channels, height, width, pixels);
    }

    /// What gives the pixel of each place.
    @FunctionalInterface
    interface Pixels {
        float at(int channel, int y, int x);
    }

    /// An image of the same channels whose pixels are calculated.
    Image with(int newHeight, int newWidth, Pixels source) {
        float[] made = new float[channels * newHeight * newWidth];
        int i = 0;
        for (int channel = 0; channel < channels; channel++) {
            for (int y = 0; y < newHeight; y++) {
                for (int x = 0; x < newWidth; x++) {
                    made[i++] = source.at(channel, y, x);
                }
            }
        }
        return new Image(channels, newHeight, newWidth, made);
    }

    /// An image of the same size whose pixels are calculated.
    Image with(Pixels source) {
        return with(height, width, source);
    }

    /// The number of channels.
    public int channels() {
        return channels;
    }

    /// The number of rows.
    public int height() {
        return height;
    }

    /// The number of columns.
    public int width() {
        return width;
    }

    /// A pixel inside the image.
    public float get(int channel, int y, int x) {
        return pixels[(channel * height + y) * width + x];
    }

    /// A pixel, 0 outside the image.
    float getOrZero(int channel, int y, int x) {
        return y < 0 || y >= height || x < 0 || x >= width ? 0 : get(channel, y, x);
    }

    /// Between the four pixels around a place by their distances (bilinear), 0 outside the image.
    float between(int channel, double y, double x) {
        int top = (int) Math.floor(y);
        int left = (int) Math.floor(x);
        double down = y - top;
        double right = x - left;
        double upper = (1 - right) * getOrZero(channel, top, left) + right * getOrZero(channel, top, left + 1);
        double lower = (1 - right) * getOrZero(channel, top + 1, left) + right * getOrZero(channel, top + 1, left + 1);
        return (float) ((1 - down) * upper + down * lower);
    }

    /// A copy of the pixels, row-major.
    public float[] toFloats() {
        return pixels.clone();
    }

    void copyTo(float[] target, int from) {
        System.arraycopy(pixels, 0, target, from, pixels.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Image image
                && channels == image.channels
                && height == image.height
                && width == image.width
                && Arrays.equals(pixels, image.pixels);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(pixels);
    }

    @Override
    public String toString() {
        return "image [" + channels + "," + height + "," + width + "]";
    }
}
