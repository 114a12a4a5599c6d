package dev.adjoint.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Files made by hand: the length of a header, the header as it stands, and data.
final class SafetensorsBytes {
    private SafetensorsBytes() {}

    static byte[] of(String header, int... data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return of(text.length, text, data);
    }

    static byte[] of(long length, byte[] header, int... data) {
        ByteBuffer bytes = ByteBuffer.allocate(8 + header.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(length).put(header);
        for (int value : data) {
            bytes.put((byte) value);
        }
        return bytes.array();
    }

    /// A header with the one entry `w`.
    static String entry(String dtype, String shape, String offsets) {
        return "{\"w\":" + fields(dtype, shape, offsets) + "}";
    }

    static String fields(String dtype, String shape, String offsets) {
        return "{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}";
    }
}
