package dev.adjoint.data.idx;

import dev.adjoint.data.SourceFile;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.TensorType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/// Files of numbers with their sizes: 0 0 *type* *rank*, then *rank* sizes of 4 bytes, then the numbers in row-major order,
/// all with the highest byte first.
///
/// The types are 8 (unsigned byte), 9 (signed byte), 11 (2 bytes), 12 (4 bytes), 13 (f32) and 14 (f64). Source: Y. LeCun,
/// C. Cortes, C. Burges, "The MNIST database of handwritten digits".
public final class Idx {
    private static final int MOST_AXES = 8;

    private Idx() {}

    /// The numbers of a file; one whose name ends in `.gz` is unpacked. Integers of 2 bytes become i32.
    ///
    /// @throws dev.adjoint.data.UnreadableData if there is no such file, it does not begin as IDX files do, or it holds
    ///     fewer or more numbers than its sizes say
    public static Array read(Path file) {
        return SourceFile.read(file, bytes -> read(file, bytes));
    }

    private static Array read(Path file, InputStream bytes) throws IOException {
        ByteBuffer magic = header(file, bytes, 4);
        Format format = Format.of(magic.get(2));
        int rank = magic.get(3);
        if (magic.getShort(0) != 0 || format == Format.UNKNOWN || rank < 1 || rank > MOST_AXES) {
            throw SourceFile.failure(
                    file,
                    "is not an IDX file: it begins with %08x, but must with 0000, a type of 08, 09, 0b to 0e and the number of axes, such as 00000803"
                            .formatted(magic.getInt(0)));
        }
        ByteBuffer sizes = header(file, bytes, 4 * rank);
        long[] dims = new long[rank];
        Arrays.setAll(dims, axis -> Integer.toUnsignedLong(sizes.getInt(4 * axis)));
        // The numbers first: of untrusted sizes there may be no shape.
        Elements numbers = numbers(file, bytes, format, dims);
        return Array.of(TensorType.of(format.dtype, dims), numbers);
    }

    private static ByteBuffer header(Path file, InputStream bytes, int length) throws IOException {
        byte[] header = bytes.readNBytes(length);
        if (header.length < length) {
            throw SourceFile.failure(file, "is truncated: it ends within the header of an IDX file");
        }
        return ByteBuffer.wrap(header);
    }

    private static Elements numbers(Path file, InputStream bytes, Format format, long[] dims) throws IOException {
        long wanted = bytes(file, format, dims);
        // Grows with what is there, so that a wrong header takes no memory.
        byte[] content = bytes.readNBytes((int) wanted);
        if (content.length < wanted) {
            throw SourceFile.failure(
                    file,
                    "is truncated: its header says " + Arrays.toString(dims) + ", which takes " + wanted
                            + " bytes, but " + content.length + " follow");
        }
        if (bytes.read() >= 0) {
            throw SourceFile.failure(
                    file,
                    "is longer than its header says: more than the " + wanted + " bytes of " + Arrays.toString(dims)
                            + " follow");
        }
        return format.elements(content);
    }

    private static long bytes(Path file, Format format, long[] dims) {
        long bytes = format.bytes;
        for (long dim : dims) {
            // Not a product of all: of untrusted sizes that may exceed a long.
            bytes = bytes > Integer.MAX_VALUE ? bytes : bytes * dim;
        }
        if (bytes > Integer.MAX_VALUE - 64) {
            throw SourceFile.failure(
                    file, "holds " + Arrays.toString(dims) + " numbers by its header, more than fit into one array");
        }
        return bytes;
    }

    private enum Format {
        UNSIGNED_BYTE(8, 1, DType.U8),
        SIGNED_BYTE(9, 1, DType.I8),
        SHORT(11, 2, DType.I32),
        INT(12, 4, DType.I32),
        FLOAT(13, 4, DType.F32),
        DOUBLE(14, 8, DType.F64),
        UNKNOWN(0, 0, DType.BOOL);

        private final int code;
        private final int bytes;
        private final DType dtype;

        Format(int code, int bytes, DType dtype) {
            this.code = code;
            this.bytes = bytes;
            this.dtype = dtype;
        }

        static Format of(int code) {
            return Arrays.stream(values())
                    .filter(format -> format.code == code && code != 0)
                    .findFirst()
                    .orElse(UNKNOWN);
        }

        Elements elements(byte[] raw) {
            if (bytes == 1) {
                return Elements.wrap(dtype, raw);
            }
            ByteBuffer content = ByteBuffer.wrap(raw);
            Elements numbers = Elements.allocate(dtype, raw.length / bytes);
            for (int i = 0; i < numbers.count(); i++) {
                switch (this) {
                    case SHORT -> numbers.setLong(i, content.getShort(2 * i));
                    case INT -> numbers.setLong(i, content.getInt(4 * i));
                    case FLOAT -> numbers.set(i, content.getFloat(4 * i));
                    default -> numbers.set(i, content.getDouble(8 * i));
                }
            }
            return numbers;
        }
    }
}
