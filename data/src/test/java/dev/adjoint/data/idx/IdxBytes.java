package dev.adjoint.data.idx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/// Writes small IDX files.
public final class IdxBytes {
    private IdxBytes() {}

    /// A file of unsigned bytes.
    public static byte[] of(int[] dims, int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * dims.length + values.length);
        bytes.putInt(0x0800 + dims.length);
        for (int dim : dims) {
            bytes.putInt(dim);
        }
        for (int value : values) {
            bytes.put((byte) value);
        }
        return bytes.array();
    }

    public static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    /// Images of one row and two columns: (0, 255), (1, 255), … with these labels.
    public static void part(Path folder, String part, int... labels) throws IOException {
        int[] pixels = new int[2 * labels.length];
        for (int i = 0; i < labels.length; i++) {
            pixels[2 * i] = i;
            pixels[2 * i + 1] = 255;
        }
        Files.write(folder.resolve(part + "-images-idx3-ubyte"), of(new int[] {labels.length, 1, 2}, pixels));
        Files.write(folder.resolve(part + "-labels-idx1-ubyte"), of(new int[] {labels.length}, labels));
    }
}
