package dev.adjoint.onednn;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A primitive of oneDNN, ready to run, and as many sets of memory objects as ever ran at once. What is native is freed when
/// the primitive is no longer reachable.
final class Primitive {
    /// An argument: its number, and the extents and layout of its tensor.
    record Argument(int name, MemorySegment tensor) {}

    private final Dnnl dnnl;
    private final Natives natives;
    private final List<Argument> arguments;
    private final MemorySegment description;
    private final MemorySegment primitive;

    /// What the run that ended last used: most are alone, and this is the shortest way to it.
    private final AtomicReference<@Nullable Call> latest = new AtomicReference<>();

    private final Queue<Call> idle = new ConcurrentLinkedQueue<>();

    /// @param description of what is computed; the primitive takes it over
    /// @param arguments in the order in which [#run] takes their numbers; their tensors live as long as the caller
    Primitive(Dnnl dnnl, MemorySegment description, List<Argument> arguments) {
        this.dnnl = dnnl;
        this.natives = new Natives(this, dnnl);
        this.arguments = arguments;
        this.description = natives.own("dnnl_primitive_desc_destroy", description);
        this.primitive = natives.own("dnnl_primitive_destroy", dnnl.primitive(description));
    }

    /// Computes, where the numbers of the arguments are.
    void run(MemorySegment... data) {
        Call call = borrow();
        for (int i = 0; i < data.length; i++) {
            call.point(i, data[i]);
        }
        dnnl.run(primitive, call.stream, call.list);
        if (!latest.compareAndSet(null, call)) {
            idle.add(call);
        }
    }

    private Call borrow() {
        Call last = latest.getAndSet(null);
        Call free = last == null ? idle.poll() : last;
        return free == null ? new Call() : free;
    }

    /// What one run at a time needs.
    private final class Call {
        private final MemorySegment stream = natives.own("dnnl_stream_destroy", dnnl.stream());
        private final MemorySegment[] memory = new MemorySegment[arguments.size()];
        private final long[] places = new long[arguments.size()];
        private final MemorySegment scratch =
                Arena.ofAuto().allocate(Math.max(64, dnnl.bytes(dnnl.scratchpad(description))), 64);
        private final MemorySegment list = Arena.ofAuto().allocate((arguments.size() + 1) * Dnnl.ARGUMENT_BYTES, 8);

        Call() {
            for (int i = 0; i < memory.length; i++) {
                memory[i] = memory(arguments.get(i).tensor());
                argument(i, arguments.get(i).name(), memory[i]);
            }
            MemorySegment pad = memory(dnnl.scratchpad(description));
            dnnl.point(pad, scratch);
            argument(memory.length, Dnnl.SCRATCHPAD, pad);
        }

        /// Tells an argument where its numbers are, if they were elsewhere before.
        void point(int argument, MemorySegment data) {
            if (places[argument] != data.address()) {
                dnnl.point(memory[argument], data);
                places[argument] = data.address();
            }
        }

        private MemorySegment memory(MemorySegment type) {
            return natives.own("dnnl_memory_destroy", dnnl.memory(type));
        }

        private void argument(int index, int name, MemorySegment object) {
            list.set(JAVA_INT, index * Dnnl.ARGUMENT_BYTES, name);
            list.set(ADDRESS, index * Dnnl.ARGUMENT_BYTES + ADDRESS.byteSize(), object);
        }
    }
}
