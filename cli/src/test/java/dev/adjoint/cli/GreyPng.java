package dev.adjoint.cli;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// A small grey image as a PNG file: signature, header, one part of compressed lines, end. `java.desktop` is no module that
/// the command line reads.
final class GreyPng {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private GreyPng() {}

    /// Eight lines of eight pixels of this brightness.
    static byte[] of(int brightness) {
        byte[] lines = new byte[8 * 9];
        Arrays.fill(lines, (byte) brightness);
        for (int line = 0; line < 8; line++) {
            lines[9 * line] = 0;
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(SIGNATURE);
        file.writeBytes(chunk("IHDR", new byte[] {0, 0, 0, 8, 0, 0, 0, 8, 8, 0, 0, 0, 0}));
        file.writeBytes(chunk("IDAT", compressed(lines)));
        file.writeBytes(chunk("IEND", new byte[0]));
        return file.toByteArray();
    }

    private static byte[] compressed(byte[] lines) {
        Deflater deflater = new Deflater();
        deflater.setInput(lines);
        deflater.finish();
        byte[] bytes = new byte[200];
        int count = deflater.deflate(bytes);
        deflater.end();
        return Arrays.copyOf(bytes, count);
    }

    private static byte[] chunk(String type, byte[] content) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(content);
        return ByteBuffer.allocate(12 + content.length)
                .putInt(content.length)
                .put(name)
                .put(content)
                .putInt((int) sum.getValue())
                .array();
    }
}
