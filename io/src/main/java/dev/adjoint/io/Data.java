package dev.adjoint.io;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// The numbers of tensors as little-endian bytes, bit for bit, a piece at a time.
final class Data {
    private static final int PIECE_BYTES = 1 << 18;

    private Data() {}

    /// The layout of an element in a file.
    private static ValueLayout layout(DType dtype) {
        ValueLayout layout = switch (dtype) {
            case F32 -> ValueLayout.JAVA_FLOAT_UNALIGNED;
            case F64 -> ValueLayout.JAVA_DOUBLE_UNALIGNED;
            case I32 -> ValueLayout.JAVA_INT_UNALIGNED;
            case I64 -> ValueLayout.JAVA_LONG_UNALIGNED;
            case BF16, F16 -> ValueLayout.JAVA_SHORT_UNALIGNED;
            case I8, U8, BOOL -> ValueLayout.JAVA_BYTE;
        };
        return layout.withOrder(ByteOrder.LITTLE_ENDIAN);
    }

    /// Writes all elements at the position of the channel.
    static void write(Elements elements, FileChannel channel) throws IOException {
        ValueLayout layout = layout(elements.dtype());
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);
        MemorySegment target = MemorySegment.ofBuffer(piece);
        int step = PIECE_BYTES / elements.dtype().bytes();
        int from = 0;
        while (from < elements.count()) {
            int length = Math.min(step, elements.count() - from);
            MemorySegment.copy(elements.array(), from, target, layout, 0, length);
            piece.clear().limit(length * elements.dtype().bytes());
            writeFully(piece, channel);
            from += length;
        }
    }

    static void writeFully(ByteBuffer bytes, FileChannel channel) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /// Reads the tensor of an entry from the position of the channel.
    ///
    /// @throws CorruptFile if the file ends before, or a truth value is neither 0 nor 1
    static Array read(Path file, Entry entry, FileChannel channel) throws IOException {
        DType dtype = entry.type().dtype();
        Elements elements = Elements.allocate(dtype, entry.type().shape().count());
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);
        MemorySegment source = MemorySegment.ofBuffer(piece);
        int step = PIECE_BYTES / dtype.bytes();
        int from = 0;
        while (from < elements.count()) {
            int length = Math.min(step, elements.count() - from);
            piece.clear().limit(length * dtype.bytes());
            readFully(file, piece, channel);
            MemorySegment.copy(source, layout(dtype), 0, elements.array(), from, length);
            from += length;
        }
        if (dtype == DType.BOOL) {
            requireTruth(file, entry, elements.bytes());
        }
        return Array.of(entry.type(), elements);
    }

    /// Fills the buffer.
    ///
    /// @throws CorruptFile if the file ends before
    static void readFully(Path file, ByteBuffer bytes, FileChannel channel) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new CorruptFile(file, "the file became shorter while it was read");
            }
        }
    }

    private static void requireTruth(Path file, Entry entry, byte[] values) {
        for (byte value : values) {
            if (value != 0 && value != 1) {
                throw new CorruptFile(
                        file,
                        entry.title() + " holds the truth value " + (value & 0xff) + ", which is neither 0 nor 1");
            }
        }
    }
}
