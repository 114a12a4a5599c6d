package dev.adjoint.onednn;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/// The functions of oneDNN's C API that are used, each as a method; a status other than success is an exception. Constants
/// and layouts are those of version 3 of `dnnl.h`.
final class Dnnl {
    static final int SOURCE = 1;
    static final int DESTINATION = 17;
    static final int WEIGHTS = 33;
    static final int SCRATCHPAD = 80;

    /// An argument of a primitive: its number, and the memory object.
    static final long ARGUMENT_BYTES = 16;

    private static final int CPU = 1;
    private static final int IN_ORDER = 1;
    private static final int FLOAT32 = 3;
    private static final int SCRATCHPAD_BY_USER = 1;
    private static final int QUERY_SCRATCHPAD = 136;

    private final SymbolLookup symbols;
    private final MethodHandle setThreads;
    private final MethodHandle execute;
    private final MethodHandle wait;
    private final MethodHandle setHandle;
    private final MemorySegment engine;

    Dnnl(SymbolLookup symbols) {
        this.symbols = symbols;
        this.setThreads = handle("omp_set_num_threads", FunctionDescriptor.ofVoid(JAVA_INT));
        this.execute = function("dnnl_primitive_execute", ADDRESS, ADDRESS, JAVA_INT, ADDRESS);
        this.wait = function("dnnl_stream_wait", ADDRESS);
        this.setHandle = function("dnnl_memory_set_data_handle", ADDRESS, ADDRESS);
        this.engine = created("dnnl_engine_create", new MemoryLayout[] {JAVA_INT, JAVA_LONG}, CPU, 0L);
    }

    @SuppressWarnings("restricted") // calling native code is what this class is for
    private MethodHandle handle(String name, FunctionDescriptor type) {
        return Linker.nativeLinker().downcallHandle(symbols.findOrThrow(name), type);
    }

    private MethodHandle function(String name, MemoryLayout... arguments) {
        return handle(name, FunctionDescriptor.of(JAVA_INT, arguments));
    }

    /// Calls a function that returns a status.
    private void call(String name, MemoryLayout[] types, Object... arguments) {
        try {
            check(name, (int) function(name, types).invokeWithArguments(arguments));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(name + " failed", e);
        }
    }

    private static void check(String name, int status) {
        if (status != 0) {
            throw new IllegalStateException(name + " refused with status " + status);
        }
    }

    /// Calls a function whose first argument is where the object that it makes goes.
    private MemorySegment created(String name, MemoryLayout[] types, Object... arguments) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment place = arena.allocate(ADDRESS);
            Object[] all = new Object[arguments.length + 1];
            MemoryLayout[] allTypes = new MemoryLayout[types.length + 1];
            all[0] = place;
            allTypes[0] = ADDRESS;
            System.arraycopy(arguments, 0, all, 1, arguments.length);
            System.arraycopy(types, 0, allTypes, 1, types.length);
            call(name, allTypes, all);
            return place.get(ADDRESS, 0);
        }
    }

    /// A matrix of floats by its extents and strides.
    MemorySegment matrix(long rows, long columns, long rowStride, long columnStride) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment dims = arena.allocateFrom(JAVA_LONG, rows, columns);
            MemorySegment strides = arena.allocateFrom(JAVA_LONG, rowStride, columnStride);
            return created(
                    "dnnl_memory_desc_create_with_strides",
                    new MemoryLayout[] {JAVA_INT, ADDRESS, JAVA_INT, ADDRESS},
                    2,
                    dims,
                    FLOAT32,
                    strides);
        }
    }

    /// The description of a product; the result is added to what the destination holds, or replaces it.
    MemorySegment product(MemorySegment source, MemorySegment weights, MemorySegment destination, Accumulation mode) {
        MemoryLayout[] none = {};
        MemorySegment attributes = created("dnnl_primitive_attr_create", none);
        call(
                "dnnl_primitive_attr_set_scratchpad_mode",
                new MemoryLayout[] {ADDRESS, JAVA_INT},
                attributes,
                SCRATCHPAD_BY_USER);
        if (mode == Accumulation.ADD) {
            MemorySegment after = created("dnnl_post_ops_create", none);
            call(
                    "dnnl_post_ops_append_sum",
                    new MemoryLayout[] {ADDRESS, JAVA_FLOAT, JAVA_INT, JAVA_INT},
                    after,
                    1f,
                    0,
                    0);
            call("dnnl_primitive_attr_set_post_ops", new MemoryLayout[] {ADDRESS, ADDRESS}, attributes, after);
            destroy("dnnl_post_ops_destroy", after);
        }
        MemorySegment description = created(
                "dnnl_matmul_primitive_desc_create",
                new MemoryLayout[] {ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS},
                engine,
                source,
                weights,
                MemorySegment.NULL,
                destination,
                attributes);
        destroy("dnnl_primitive_attr_destroy", attributes);
        return description;
    }

    /// What happens to the destination of a product.
    enum Accumulation {
        REPLACE,
        ADD
    }

    /// Bytes that the primitive needs while it runs; its description of them stays the primitive's.
    long scratchpadBytes(MemorySegment description) {
        try {
            return (long) handle("dnnl_memory_desc_get_size", FunctionDescriptor.of(JAVA_LONG, ADDRESS))
                    .invokeExact(scratchpad(description));
        } catch (Throwable e) {
            throw new IllegalStateException("dnnl_memory_desc_get_size failed", e);
        }
    }

    /// The description of the memory that the primitive needs while it runs.
    MemorySegment scratchpad(MemorySegment description) {
        try {
            return (MemorySegment)
                    handle("dnnl_primitive_desc_query_md", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT, JAVA_INT))
                            .invokeExact(description, QUERY_SCRATCHPAD, 0);
        } catch (Throwable e) {
            throw new IllegalStateException("dnnl_primitive_desc_query_md failed", e);
        }
    }

    MemorySegment primitive(MemorySegment description) {
        return created("dnnl_primitive_create", new MemoryLayout[] {ADDRESS}, description);
    }

    MemorySegment stream() {
        return created("dnnl_stream_create", new MemoryLayout[] {ADDRESS, JAVA_INT}, engine, IN_ORDER);
    }

    /// A memory object that is told later where its numbers are.
    MemorySegment memory(MemorySegment type) {
        return created(
                "dnnl_memory_create", new MemoryLayout[] {ADDRESS, ADDRESS, ADDRESS}, type, engine, MemorySegment.NULL);
    }

    /// Frees an object by the function of its kind.
    void destroy(String function, MemorySegment object) {
        call(function, new MemoryLayout[] {ADDRESS}, object);
    }

    /// Tells a memory object where its numbers are.
    void point(MemorySegment memory, MemorySegment data) {
        try {
            check("dnnl_memory_set_data_handle", (int) setHandle.invokeExact(memory, data));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("dnnl_memory_set_data_handle failed", e);
        }
    }

    /// Runs a primitive to its end, on the calling thread alone.
    void run(MemorySegment primitive, MemorySegment stream, MemorySegment arguments) {
        try {
            // The setting belongs to the thread, so every thread says so before it calls: about 10 ns.
            setThreads.invokeExact(1);
            int count = (int) (arguments.byteSize() / ARGUMENT_BYTES);
            check("dnnl_primitive_execute", (int) execute.invokeExact(primitive, stream, count, arguments));
            check("dnnl_stream_wait", (int) wait.invokeExact(stream));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("dnnl_primitive_execute failed", e);
        }
    }
}
