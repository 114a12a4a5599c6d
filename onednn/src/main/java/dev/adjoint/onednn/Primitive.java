package dev.adjoint.onednn;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.adjoint.run.Pool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.List;

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
    private final Pool<Call> idle = new Pool<>(Call::new);

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
        Call call = idle.borrow();
        for (int i = 0; i < data.length; i++) {
            call.point(i, data[i].address());
        }
        call.run();
    }

    /// Computes, at which addresses the numbers of the arguments are. Their memory must be known to somebody until it is done.
    void run(long[] data) {
        Call call = idle.borrow();
        for (int i = 0; i < data.length; i++) {
            call.point(i, data[i]);
        }
        call.run();
    }

    /// Computes, where the numbers of the only two arguments are: without a list of them, as steps of a training call it.
    void run(MemorySegment first, MemorySegment second) {
        run(first.address(), second.address());
    }

    /// Computes, at which addresses the numbers of the only two arguments are. Their memory must be known to somebody until it is
    /// done.
    void run(long first, long second) {
        Call call = idle.borrow();
        call.point(0, first);
        call.point(1, second);
        call.run();
    }

    /// Computes, where the numbers of the only three arguments are.
    void run(MemorySegment first, MemorySegment second, MemorySegment third) {
        run(first.address(), second.address(), third.address());
    }

    /// Computes, at which addresses the numbers of the only three arguments are. Their memory must be known to somebody until it is
    /// done.
    void run(long first, long second, long third) {
        Call call = idle.borrow();
        call.point(0, first);
        call.point(1, second);
        call.point(2, third);
        call.run();
    }

    /// The same for four arguments.
    void run(long first, long second, long third, long fourth) {
        Call call = idle.borrow();
        call.point(0, first);
        call.point(1, second);
        call.point(2, third);
        call.point(3, fourth);
        call.run();
    }

    /// The computation on numbers that stay where they are, for one thread at a time.
    Runnable on(MemorySegment... data) {
        Call call = new Call();
        List<MemorySegment> kept = List.of(data);
        for (int i = 0; i < data.length; i++) {
            call.point(i, kept.get(i).address());
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
            dnnl.point(pad, scratch.address());
            argument(memory.length, Dnnl.SCRATCHPAD, pad);
        }

        /// Computes, and lets others use this.
        void run() {
            dnnl.run(primitive, stream, list);
            idle.giveBack(this);
        }

        /// Tells an argument where its numbers are, if they were elsewhere before.
        void point(int argument, long address) {
            if (places[argument] != address) {
                dnnl.point(memory[argument], address);
                places[argument] = address;
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
