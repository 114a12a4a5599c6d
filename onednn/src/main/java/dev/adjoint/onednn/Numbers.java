package dev.adjoint.onednn;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// How numbers of a type are stored, in Java's arrays and in native memory alike.
enum Numbers {
    FLOAT32(ValueLayout.JAVA_FLOAT, 3),
    BFLOAT16(ValueLayout.JAVA_SHORT, 2);

    @SuppressWarnings("ImmutableEnumChecker") // a layout never changes
    private final ValueLayout layout;

    private final int code;

    /// @param layout of one number
    /// @param code what the library calls the type
    Numbers(ValueLayout layout, int code) {
        this.layout = layout;
        this.code = code;
    }

    int code() {
        return code;
    }

    /// The bytes of some numbers.
    long bytes(long count) {
        return count * layout.byteSize();
    }

    /// Borrowed memory for some numbers.
    MemorySegment borrow(long count) {
        return Scratch.SHARED.borrow(floats(count));
    }

    /// Memory of its own for some numbers.
    MemorySegment allocate(long count) {
        return Scratch.allocate(floats(count));
    }

    private long floats(long count) {
        return Math.ceilDiv(bytes(count), Float.BYTES);
    }

    /// Copies numbers of an array to the same place of a memory.
    void in(Object from, MemorySegment to, int at, int count) {
        MemorySegment.copy(from, at, to, layout, bytes(at), count);
    }

    /// Copies numbers of a memory to an array.
    void out(MemorySegment from, long at, Object to, int toAt, int count) {
        MemorySegment.copy(from, layout, bytes(at), to, toAt, count);
    }
}
