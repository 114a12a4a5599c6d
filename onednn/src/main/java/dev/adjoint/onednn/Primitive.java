package dev.adjoint.onednn;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

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
        Call polled = idle.poll();
        Call call = polled == null ? new Call() : polled;
        for (int i = 0; i < data.length; i++) {
            dnnl.point(call.memory[i], data[i]);
        }
        dnnl.run(primitive, call.stream, call.list);
        idle.add(call);
    }

    /// The computation on numbers that stay where they are, for one thread at a time.
    Runnable on(MemorySegment... data) {
        Call call = new Call();
        List<MemorySegment> kept = List.of(data);
        for (int i = 0; i < data.length; i++) {
            dnnl.point(call.memory[i], kept.get(i));
        }
        return () -> {
            try {
                dnnl.run(primitive, call.stream, call.list);
            } finally {
                Reference.reachabilityFence(kept);
            }
        };
    }

    /// What one run at a time needs.
    private final class Call {
        private final MemorySegment stream = natives.own("dnnl_stream_destroy", dnnl.stream());
        private final MemorySegment[] memory = new MemorySegment[arguments.size()];
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

        private MemorySegment memory(MemorySegment type) {
            return natives.own("dnnl_memory_destroy", dnnl.memory(type));
        }

        private void argument(int index, int name, MemorySegment object) {
            list.set(JAVA_INT, index * Dnnl.ARGUMENT_BYTES, name);
            list.set(ADDRESS, index * Dnnl.ARGUMENT_BYTES + ADDRESS.byteSize(), object);
        }
    }
}
