package dev.adjoint.data.image;

import dev.adjoint.data.SourceFile;
import dev.adjoint.data.UnreadableData;
import dev.adjoint.data.transform.Image;
import dev.adjoint.tensor.OneLine;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

/// Image files as pixels: `[3,height,width]`, red, green and blue in 0 … 1. A grey image has three equal channels;
/// transparency is left out.
public final class ImageFile {
    /// A header that claims more is rather damaged, and unpacking it would take all memory.
    private static final long MOST_PIXELS = 100_000_000;

    private ImageFile() {}

    /// The image of a PNG or JPEG file.
    ///
    /// @throws UnreadableData if there is no such file, it is damaged, or it is of another format: the message begins with
    ///     the path
    public static Image read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw SourceFile.failure(file, Files.exists(file) ? "is not a file" : "no such file");
        }
        try (ImageInputStream bytes = new FileImageInputStream(file.toFile())) {
            return pixels(decoded(file, bytes));
        } catch (FileNotFoundException e) {
            throw new UnreadableData(OneLine.of(file.toString()) + ": permission denied", e);
        } catch (IOException e) {
            throw damaged(file, e);
        }
    }

    private static UnreadableData damaged(Path file, Exception cause) {
        return new UnreadableData(OneLine.of(file.toString()) + ": is a damaged image: " + OneLine.of(cause), cause);
    }

    private static BufferedImage decoded(Path file, ImageInputStream bytes) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(bytes);
        if (!readers.hasNext()) {
            throw SourceFile.failure(file, "is neither PNG nor JPEG");
        }
        ImageReader reader = readers.next();
        try {
            reader.setInput(bytes, true, true);
            long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
            if (pixels > MOST_PIXELS) {
                throw SourceFile.failure(
                        file,
                        "is " + reader.getHeight(0) + "×" + reader.getWidth(0) + " pixels large, more than the "
                                + MOST_PIXELS + " that are read");
            }
            return whole(reader);
        } catch (IllegalArgumentException | IndexOutOfBoundsException | UncheckedIOException e) {
            // The readers of the JDK throw these, too, at damaged files.
            throw damaged(file, e);
        } finally {
            reader.dispose();
        }
    }

    /// A JPEG that ends early is filled up with grey, and only a warning says so.
    private static BufferedImage whole(ImageReader reader) throws IOException {
        AtomicReference<String> lost = new AtomicReference<>("");
        IIOReadWarningListener listener = (_, warning) -> {
            if (warning.startsWith("Premature end") || warning.startsWith("Corrupt")) {
                lost.set(warning);
            }
        };
        reader.addIIOReadWarningListener(listener);
        BufferedImage image = reader.read(0);
        if (!lost.get().isEmpty()) {
            throw new IOException(lost.get());
        }
        return image;
    }

    private static Image pixels(BufferedImage source) {
        int height = source.getHeight();
        int width = source.getWidth();
        float[] pixels = new float[3 * height * width];
        Raster raster = source.getRaster();
        boolean indexed = source.getColorModel() instanceof IndexColorModel;
        for (int channel = 0; channel < 3; channel++) {
            // Samples as they are: getRGB would take grey for linear light and brighten it.
            int band = raster.getNumBands() < 3 ? 0 : channel;
            float white = (1L << source.getSampleModel().getSampleSize(band)) - 1;
            int shift = 16 - 8 * channel;
            for (int i = 0; i < height * width; i++) {
                int y = i / width;
                int x = i % width;
                pixels[channel * height * width + i] =
                        indexed ? ((source.getRGB(x, y) >> shift) & 0xFF) / 255f : raster.getSample(x, y, band) / white;
            }
        }
        return Image.of(3, height, width, pixels);
    }
}
