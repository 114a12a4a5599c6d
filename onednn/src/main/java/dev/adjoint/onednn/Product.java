package dev.adjoint.onednn;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.adjoint.onednn.Dnnl.Accumulation;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// One product of fixed extents and layouts, ready to run: a primitive of oneDNN, and as many sets of memory objects as ever
/// ran at once. What is native is freed when the product is no longer reachable.
final class Product {
    private static final Cleaner CLEANER = Cleaner.create();

    /// All that a product depends on.
    record Form(Gemm.Extents extents, Layout a, Layout b, Layout c, Accumulation mode) {}

    /// How a matrix is stored: the distance of two rows, and of two columns.
    record Layout(long rowStride, long columnStride) {}

    private final Dnnl dnnl;
    private final Natives natives;
    private final MemorySegment a;
    private final MemorySegment b;
    private final MemorySegment c;
    private final MemorySegment description;
    private final MemorySegment primitive;
    private final Queue<Call> idle = new ConcurrentLinkedQueue<>();

    Product(Dnnl dnnl, Form form) {
        this.dnnl = dnnl;
        this.natives = new Natives(dnnl);
        CLEANER.register(this, natives);
        Gemm.Extents of = form.extents;
        this.a = matrix(of.rows(), of.depth(), form.a);
        this.b = matrix(of.depth(), of.columns(), form.b);
        this.c = matrix(of.rows(), of.columns(), form.c);
        this.description = natives.own("dnnl_primitive_desc_destroy", dnnl.product(a, b, c, form.mode));
        this.primitive = natives.own("dnnl_primitive_destroy", dnnl.primitive(description));
    }

    private MemorySegment matrix(long rows, long columns, Layout layout) {
        return natives.own(
                "dnnl_memory_desc_destroy", dnnl.matrix(rows, columns, layout.rowStride, layout.columnStride));
    }

    /// C ← A·B, or C ← C + A·B.
    void run(MemorySegment dataA, MemorySegment dataB, MemorySegment dataC) {
        Call polled = idle.poll();
        Call call = polled == null ? new Call() : polled;
        dnnl.point(call.memoryA, dataA);
        dnnl.point(call.memoryB, dataB);
        dnnl.point(call.memoryC, dataC);
        dnnl.run(primitive, call.stream, call.arguments);
        idle.add(call);
    }

    /// What one run at a time needs.
    private final class Call {
        private final MemorySegment stream = natives.own("dnnl_stream_destroy", dnnl.stream());
        private final MemorySegment memoryA = memory(a);
        private final MemorySegment memoryB = memory(b);
        private final MemorySegment memoryC = memory(c);
        private final MemorySegment scratch = Arena.ofAuto().allocate(dnnl.scratchpadBytes(description), 64);
        private final MemorySegment arguments = Arena.ofAuto().allocate(4 * Dnnl.ARGUMENT_BYTES, 8);

        Call() {
            MemorySegment pad = memory(dnnl.scratchpad(description));
            dnnl.point(pad, scratch);
            argument(0, Dnnl.SOURCE, memoryA);
            argument(1, Dnnl.WEIGHTS, memoryB);
            argument(2, Dnnl.DESTINATION, memoryC);
            argument(3, Dnnl.SCRATCHPAD, pad);
        }

        private MemorySegment memory(MemorySegment type) {
            return natives.own("dnnl_memory_destroy", dnnl.memory(type));
        }

        private void argument(int index, int name, MemorySegment memory) {
            arguments.set(JAVA_INT, index * Dnnl.ARGUMENT_BYTES, name);
            arguments.set(ADDRESS, index * Dnnl.ARGUMENT_BYTES + ADDRESS.byteSize(), memory);
        }
    }

    /// Native objects and how each is freed, the last first.
    private static final class Natives implements Runnable {
        private final Dnnl dnnl;
        private final List<Runnable> frees = new ArrayList<>();

        Natives(Dnnl dnnl) {
            this.dnnl = dnnl;
        }

        synchronized MemorySegment own(String destroy, MemorySegment object) {
            frees.add(() -> dnnl.destroy(destroy, object));
            return object;
        }

        @Override
        public synchronized void run() {
            frees.reversed().forEach(Runnable::run);
        }
    }
}
