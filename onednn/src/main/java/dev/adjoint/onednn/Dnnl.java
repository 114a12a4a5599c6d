package dev.adjoint.onednn;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.adjoint.onednn.Product.Layout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.function.Function;

/// The functions of oneDNN's C API that are used, each as a method; a status other than success is an exception. Constants
/// and layouts are those of version 3 of `dnnl.h`.
final class Dnnl {
    static final int SOURCE = 1;
    static final int DESTINATION = 17;
    static final int WEIGHTS = 33;
    static final int BIAS = 41;
    static final int MEAN = 49;
    static final int VARIANCE = 50;
    static final int SCALE = 51;
    static final int SHIFT = 52;
    static final int SCRATCHPAD = 80;
    static final int SOURCE_GRADIENT = 129;
    static final int DESTINATION_GRADIENT = 145;
    static final int WEIGHTS_GRADIENT = 161;
    static final int SCALE_GRADIENT = 255;
    static final int SHIFT_GRADIENT = 256;

    /// An argument of a primitive: its number, and the memory object.
    static final long ARGUMENT_BYTES = 16;

    private static final int CPU = 1;
    private static final int IN_ORDER = 1;
    private static final int SCRATCHPAD_BY_USER = 1;
    private static final int ANY_LAYOUT = 1;

    /// Images whose channels lie together by sixteen (`nChw16c`), and kernels whose groups do (`Goihw16g`).
    private static final int CHANNELS_BY_SIXTEEN = 78;

    private static final int GROUPS_BY_SIXTEEN = 114;

    private static final int FORWARD_TRAINING = 64;
    private static final int FORWARD_INFERENCE = 96;
    private static final int BACKWARD = 128;
    private static final int DIRECT = 1;
    private static final int QUERY_IMPLEMENTATION = 8;
    private static final int QUERY_SCRATCHPAD = 136;

    private static final MemoryLayout[] FORWARD = {
        ADDRESS, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS
    };
    private static final MemoryLayout[] BACKWARD_INPUT = {
        ADDRESS, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS
    };
    private static final MemoryLayout[] BACKWARD_WEIGHTS = {
        ADDRESS, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS
    };

    private final SymbolLookup symbols;
    private final MethodHandle setThreads;
    private final MethodHandle execute;
    private final MethodHandle wait;
    private final MethodHandle setHandle;
    private final MemorySegment engine;

    Dnnl(SymbolLookup symbols) {
        this.symbols = symbols;
        // Three of these do next to nothing and never wait: the JVM need not be told that a thread has left it.
        Linker.Option brief = Linker.Option.critical(false);
        this.setThreads = handle("omp_set_num_threads", FunctionDescriptor.ofVoid(JAVA_INT), brief);
        this.execute = function("dnnl_primitive_execute", ADDRESS, ADDRESS, JAVA_INT, ADDRESS);
        this.wait = handle("dnnl_stream_wait", FunctionDescriptor.of(JAVA_INT, ADDRESS), brief);
        this.setHandle =
                handle("dnnl_memory_set_data_handle", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG), brief);
        this.engine = created("dnnl_engine_create", new MemoryLayout[] {JAVA_INT, JAVA_LONG}, CPU, 0L);
    }

    @SuppressWarnings("restricted") // calling native code is what this class is for
    private MethodHandle handle(String name, FunctionDescriptor type, Linker.Option... options) {
        return Linker.nativeLinker().downcallHandle(symbols.findOrThrow(name), type, options);
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

    /// A matrix in a given layout, or in the one that a primitive likes best.
    MemorySegment matrix(Numbers numbers, long rows, long columns, Layout layout) {
        long[] dims = {rows, columns};
        return layout.equals(Layout.CHOSEN)
                ? tensor(numbers, dims)
                : tensor(numbers, dims, new long[] {layout.rowStride(), layout.columnStride()});
    }

    /// A tensor of floats by its extents and strides.
    MemorySegment tensor(long[] dims, long[] strides) {
        return tensor(Numbers.FLOAT32, dims, strides);
    }

    private MemorySegment tensor(Numbers numbers, long[] dims, long[] strides) {
        try (Arena arena = Arena.ofConfined()) {
            return created(
                    "dnnl_memory_desc_create_with_strides",
                    new MemoryLayout[] {JAVA_INT, ADDRESS, JAVA_INT, ADDRESS},
                    dims.length,
                    arena.allocateFrom(JAVA_LONG, dims),
                    numbers.code(),
                    arena.allocateFrom(JAVA_LONG, strides));
        }
    }

    /// A tensor of floats in the layout that a primitive likes best.
    MemorySegment tensor(long[] dims) {
        return tensor(Numbers.FLOAT32, dims);
    }

    private MemorySegment tensor(Numbers numbers, long[] dims) {
        return tensor(numbers, dims, ANY_LAYOUT);
    }

    /// Images of floats, `[images,channels,rows,columns]`, whose channels lie together by sixteen.
    MemorySegment imagesBySixteen(long[] dims) {
        return tensor(Numbers.FLOAT32, dims, CHANNELS_BY_SIXTEEN);
    }

    /// Kernels of floats, `[groups,out,in,rows,columns]`, whose groups lie together by sixteen.
    MemorySegment kernelsBySixteen(long[] dims) {
        return tensor(Numbers.FLOAT32, dims, GROUPS_BY_SIXTEEN);
    }

    private MemorySegment tensor(Numbers numbers, long[] dims, int layout) {
        try (Arena arena = Arena.ofConfined()) {
            return created(
                    "dnnl_memory_desc_create_with_tag",
                    new MemoryLayout[] {JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT},
                    dims.length,
                    arena.allocateFrom(JAVA_LONG, dims),
                    numbers.code(),
                    layout);
        }
    }

    /// Attributes of a primitive whose scratchpad is given to it.
    private MemorySegment attributes() {
        MemorySegment attributes = created("dnnl_primitive_attr_create", new MemoryLayout[] {});
        call(
                "dnnl_primitive_attr_set_scratchpad_mode",
                new MemoryLayout[] {ADDRESS, JAVA_INT},
                attributes,
                SCRATCHPAD_BY_USER);
        return attributes;
    }

    /// How a window slides, as the library wants it told.
    ///
    /// @param strides by how much it moves along each axis
    /// @param dilations the elements between two taps that are left out
    /// @param low the padding before each axis
    /// @param high the padding after each axis
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Sliding(long[] strides, long[] dilations, long[] low, long[] high) {
        private MemorySegment[] in(Arena arena) {
            return new MemorySegment[] {
                arena.allocateFrom(JAVA_LONG, strides),
                arena.allocateFrom(JAVA_LONG, dilations),
                arena.allocateFrom(JAVA_LONG, low),
                arena.allocateFrom(JAVA_LONG, high)
            };
        }
    }

    /// The tensors of a product, or of a convolution or one of its transposes; the bias may be null.
    record Tensors(MemorySegment source, MemorySegment weights, MemorySegment bias, MemorySegment destination) {}

    /// The description of a convolution.
    MemorySegment convolution(Tensors of, Sliding sliding) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment[] s = sliding.in(arena);
            return described("dnnl_convolution_forward_primitive_desc_create", FORWARD, attributes -> new Object[] {
                engine,
                FORWARD_TRAINING,
                DIRECT,
                of.source,
                of.weights,
                of.bias,
                of.destination,
                s[0],
                s[1],
                s[2],
                s[3],
                attributes
            });
        }
    }

    /// The description of the transpose of a convolution by its input.
    MemorySegment convolutionInput(Tensors of, Sliding sliding, MemorySegment forward) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment[] s = sliding.in(arena);
            return described(
                    "dnnl_convolution_backward_data_primitive_desc_create", BACKWARD_INPUT, attributes -> new Object[] {
                        engine,
                        DIRECT,
                        of.source,
                        of.weights,
                        of.destination,
                        s[0],
                        s[1],
                        s[2],
                        s[3],
                        forward,
                        attributes
                    });
        }
    }

    /// The description of the transpose of a convolution by its weights.
    MemorySegment convolutionWeights(Tensors of, Sliding sliding, MemorySegment forward) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment[] s = sliding.in(arena);
            MemorySegment none = MemorySegment.NULL;
            return described(
                    "dnnl_convolution_backward_weights_primitive_desc_create",
                    BACKWARD_WEIGHTS,
                    attributes -> new Object[] {
                        engine,
                        DIRECT,
                        of.source,
                        of.weights,
                        none,
                        of.destination,
                        s[0],
                        s[1],
                        s[2],
                        s[3],
                        forward,
                        attributes
                    });
        }
    }

    /// The description of the softmax of every row of a matrix.
    MemorySegment softmax(int algorithm, MemorySegment matrix) {
        return described(
                "dnnl_softmax_forward_primitive_desc_create",
                new MemoryLayout[] {ADDRESS, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS},
                attributes -> new Object[] {engine, FORWARD_INFERENCE, algorithm, matrix, matrix, 1, attributes});
    }

    /// The description of every row of a matrix normalised.
    MemorySegment normalisation(Normalisation of, MemorySegment matrix) {
        return normalisation(FORWARD_INFERENCE, of, matrix, MemorySegment.NULL);
    }

    /// The same with mean and variance of the rows as further results.
    MemorySegment statistics(Normalisation of, MemorySegment matrix, MemorySegment statistics) {
        return normalisation(FORWARD_TRAINING, of, matrix, statistics);
    }

    private MemorySegment normalisation(int kind, Normalisation of, MemorySegment matrix, MemorySegment statistics) {
        return described(
                "dnnl_layer_normalization_forward_primitive_desc_create",
                new MemoryLayout[] {ADDRESS, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_FLOAT, JAVA_INT, ADDRESS},
                attributes ->
                        new Object[] {engine, kind, matrix, matrix, statistics, of.epsilon(), of.flags(), attributes});
    }

    /// The description of the cotangents of rows and weights.
    ///
    /// @param forward the description that makes the statistics
    MemorySegment normalisationGradient(
            Normalisation of, MemorySegment matrix, MemorySegment statistics, MemorySegment forward) {
        return described(
                "dnnl_layer_normalization_backward_primitive_desc_create",
                new MemoryLayout[] {
                    ADDRESS, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_FLOAT, JAVA_INT, ADDRESS, ADDRESS
                },
                attributes -> new Object[] {
                    engine, BACKWARD, matrix, matrix, matrix, statistics, of.epsilon(), of.flags(), forward, attributes
                });
    }

    /// The description of a change of layout.
    MemorySegment reorder(MemorySegment from, MemorySegment to) {
        return described(
                "dnnl_reorder_primitive_desc_create",
                new MemoryLayout[] {ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS},
                attributes -> new Object[] {from, engine, to, engine, attributes});
    }

    private MemorySegment described(String name, MemoryLayout[] types, Function<MemorySegment, Object[]> arguments) {
        MemorySegment attributes = attributes();
        try {
            useOneThread();
            return created(name, types, arguments.apply(attributes));
        } finally {
            destroy("dnnl_primitive_attr_destroy", attributes);
        }
    }

    /// The description of a product without a bias.
    MemorySegment product(MemorySegment source, MemorySegment weights, MemorySegment destination, Accumulation mode) {
        return product(new Tensors(source, weights, MemorySegment.NULL, destination), mode);
    }

    /// The description of a product; the result is added to what the destination holds, or replaces it.
    MemorySegment product(Tensors of, Accumulation mode) {
        return described(
                "dnnl_matmul_primitive_desc_create",
                new MemoryLayout[] {ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS},
                attributes -> {
                    if (mode == Accumulation.ADD) {
                        addToDestination(attributes);
                    }
                    return new Object[] {engine, of.source, of.weights, of.bias, of.destination, attributes};
                });
    }

    private void addToDestination(MemorySegment attributes) {
        MemorySegment after = created("dnnl_post_ops_create", new MemoryLayout[] {});
        call("dnnl_post_ops_append_sum", new MemoryLayout[] {ADDRESS, JAVA_FLOAT, JAVA_INT, JAVA_INT}, after, 1f, 0, 0);
        call("dnnl_primitive_attr_set_post_ops", new MemoryLayout[] {ADDRESS, ADDRESS}, attributes, after);
        destroy("dnnl_post_ops_destroy", after);
    }

    /// What happens to the destination of a product.
    enum Accumulation {
        REPLACE,
        ADD,
        /// Replaced by the product plus a row, the bias.
        ADD_ROW
    }

    /// What the library calls the code that it has chosen for a primitive.
    @SuppressWarnings("restricted") // a text of the library's own, ended by a zero
    String implementation(MemorySegment description) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment place = arena.allocate(ADDRESS);
            call(
                    "dnnl_primitive_desc_query",
                    new MemoryLayout[] {ADDRESS, JAVA_INT, JAVA_INT, ADDRESS},
                    description,
                    QUERY_IMPLEMENTATION,
                    0,
                    place);
            return place.get(ADDRESS, 0).reinterpret(Long.MAX_VALUE).getString(0);
        }
    }

    /// Some extents of a tensor from a place on, in the memory of the whole.
    MemorySegment part(MemorySegment tensor, long[] dims, long[] offsets) {
        try (Arena arena = Arena.ofConfined()) {
            return created(
                    "dnnl_memory_desc_create_submemory",
                    new MemoryLayout[] {ADDRESS, ADDRESS, ADDRESS},
                    tensor,
                    arena.allocateFrom(JAVA_LONG, dims),
                    arena.allocateFrom(JAVA_LONG, offsets));
        }
    }

    /// Bytes of a tensor.
    long bytes(MemorySegment tensor) {
        try {
            return (long) handle("dnnl_memory_desc_get_size", FunctionDescriptor.of(JAVA_LONG, ADDRESS))
                    .invokeExact(tensor);
        } catch (Throwable e) {
            throw new IllegalStateException("dnnl_memory_desc_get_size failed", e);
        }
    }

    /// Whether two tensors have the same extents and layout.
    boolean isSame(MemorySegment one, MemorySegment other) {
        try {
            return (int) handle("dnnl_memory_desc_equal", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS))
                            .invokeExact(one, other)
                    != 0;
        } catch (Throwable e) {
            throw new IllegalStateException("dnnl_memory_desc_equal failed", e);
        }
    }

    /// The memory that the primitive needs while it runs; it belongs to the description.
    MemorySegment scratchpad(MemorySegment description) {
        return query(description, QUERY_SCRATCHPAD);
    }

    /// The layout that a primitive has chosen for one of its arguments; it belongs to the description.
    MemorySegment chosen(MemorySegment description, int argument) {
        return query(
                description,
                switch (argument) {
                    case SOURCE -> 129;
                    case SOURCE_GRADIENT -> 130;
                    case WEIGHTS -> 131;
                    case WEIGHTS_GRADIENT -> 132;
                    case DESTINATION -> 133;
                    case DESTINATION_GRADIENT -> 134;
                    default -> throw new IllegalArgumentException("no argument of a primitive: " + argument);
                });
    }

    private MemorySegment query(MemorySegment description, int what) {
        try {
            return (MemorySegment)
                    handle("dnnl_primitive_desc_query_md", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT, JAVA_INT))
                            .invokeExact(description, what, 0);
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

    /// Tells a memory object at which address its numbers are.
    void point(MemorySegment memory, long data) {
        try {
            check("dnnl_memory_set_data_handle", (int) setHandle.invokeExact(memory, data));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("dnnl_memory_set_data_handle failed", e);
        }
    }

    /// The setting belongs to the thread, so every thread says so before it calls: about 10 ns. A primitive is made for as
    /// many threads as run it.
    private void useOneThread() {
        try {
            setThreads.invokeExact(1);
        } catch (Throwable e) {
            throw new IllegalStateException("omp_set_num_threads failed", e);
        }
    }

    /// Runs a primitive to its end, on the calling thread alone.
    void run(MemorySegment primitive, MemorySegment stream, MemorySegment arguments) {
        try {
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
