package dev.adjoint.jvm;

import dev.adjoint.compile.Cluster;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Movement;
import dev.adjoint.op.composite.Attention;
import dev.adjoint.op.composite.Attention.Masking;
import dev.adjoint.op.movement.Broadcast;
import dev.adjoint.op.movement.Permute;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How a cluster of attention is cut: for every matrix of the batch, into blocks of queries and blocks of keys.
///
/// The cut depends on the types alone. Where there are few matrices, the blocks of queries of each are dealt to groups, so that
/// there is work for all threads.
final class AttentionForm {
    /// Queries of a block: fewer would leave the products below their peak.
    private static final int ROWS = 64;

    /// The most keys of a block where there are several. With 64 queries all that a block needs fits the second-level cache.
    private static final int COLUMNS = 256;

    /// How many different numbers of keys the blocks of a causal matrix go through: each has products of its own.
    private static final int EXTENTS = 8;

    /// Blocks of queries that go through a block of keys before the next one is copied.
    static final int SPAN = 4;

    /// Units that give work to all threads.
    private static final int UNITS = 8;

    static final int QUERY = 0;
    static final int KEY = 1;
    static final int VALUE = 2;

    /// The last operand, of the reverse rule.
    static final int COTANGENT = -1;

    /// An operand as it is stored.
    ///
    /// @param input which input of the cluster it is
    /// @param starts where each matrix starts
    /// @param rowStride the distance of two rows
    /// @param columnStride the distance of two elements of a row
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Operand(int input, int[] starts, int rowStride, int columnStride) {}

    private final double scale;
    private final boolean isCausal;
    private final boolean isMasked;
    private final List<Operand> operands;
    private final Value call;
    final int matrices;
    final int queries;
    final int keys;
    final int width;
    final int values;

    /// Queries of a block.
    final int rows;

    /// Keys of a block.
    final int columns;

    /// Groups of blocks of queries for every matrix.
    final int groups;

    private AttentionForm(Value call, Attention op, List<Operand> operands, int wholeKeys) {
        this.call = call;
        this.scale = op.scale();
        this.isCausal = op.masking() == Masking.CAUSAL;
        this.isMasked = op.masking() == Masking.GIVEN;
        this.operands = operands;
        this.queries = (int) call.input(0).dim(-2);
        this.keys = (int) call.input(1).dim(-2);
        this.width = (int) call.input(0).dim(-1);
        this.values = (int) call.input(2).dim(-1);
        this.matrices = operands.getFirst().starts.length;
        this.rows = Math.clamp(queries, 1, ROWS);
        int even = Math.ceilDiv(keys, Math.ceilDiv(keys, COLUMNS));
        this.columns = keys <= wholeKeys ? keys : Math.ceilDiv(even, ROWS) * ROWS;
        long sums = Math.max(1, (long) matrices * keys * Math.max(width, values));
        int wanted = (int) Math.min(Math.ceilDiv(UNITS, Math.max(matrices, 1)), Elements.LARGEST_COUNT / sums);
        this.groups = Math.clamp(wanted, 1, Math.max(blocks(), 1));
    }

    /// The cut, or nothing where an operand's rows do not lie together.
    ///
    /// @param wholeKeys up to how many keys make one block
    static Optional<AttentionForm> of(Cluster cluster, Attention op, int wholeKeys) {
        Value call = cluster.graph().outputs().getFirst();
        boolean views = cluster.graph().calls().stream().allMatch(c -> c.call() == call.call() || isView(c));
        boolean floating = call.dtype() == DType.F32 || call.dtype() == DType.F64;
        if (!views || !floating) {
            return Optional.empty();
        }
        List<Operand> operands = new ArrayList<>();
        for (Value operand : call.inputs()) {
            operands.add(operand(cluster, operand, call.shape().leading(2)));
        }
        for (int i = 0; i < operands.size(); i++) {
            boolean isMask = op.masking() == Masking.GIVEN && i == 3;
            if (!isMask && operands.get(i).columnStride != 1 && call.input(i).dim(-1) > 1) {
                return Optional.empty();
            }
        }
        return Optional.of(new AttentionForm(call, op, List.copyOf(operands), wholeKeys));
    }

    private static boolean isView(Value call) {
        return (call.op() instanceof Permute || call.op() instanceof Broadcast)
                && call.input(0).isInput();
    }

    private static Operand operand(Cluster cluster, Value operand, Shape leading) {
        Value read = operand.op() instanceof Movement ? operand.input(0) : operand;
        long[] strides = operand.op() instanceof Movement view
                ? view.regions(List.of(read.type())).getFirst().fromStrides()
                : operand.shape().strides();
        long[] steps = new long[leading.rank() + 2];
        int missing = steps.length - strides.length;
        for (int axis = 0; axis < strides.length; axis++) {
            steps[missing + axis] = operand.dim(axis) == 1 ? 0 : strides[axis];
        }
        int[] starts = new int[(int) leading.count()];
        for (int matrix = 0; matrix < starts.length; matrix++) {
            long rest = matrix;
            for (int axis = leading.rank() - 1; axis >= 0; axis--) {
                starts[matrix] += (int) (rest % leading.dim(axis) * steps[axis]);
                rest /= leading.dim(axis);
            }
        }
        int input = cluster.graph().inputs().indexOf(read);
        return new Operand(input, starts, (int) steps[steps.length - 2], (int) steps[steps.length - 1]);
    }

    DType dtype() {
        return call.dtype();
    }

    private int blocks() {
        return Math.ceilDiv(queries, rows);
    }

    int keyBlocks() {
        return Math.ceilDiv(keys, columns);
    }

    /// Whether one block holds all keys, so that a row's maximum and sum are known as soon as its scores are.
    boolean isWhole() {
        return columns == keys;
    }

    /// The units of work: a group of a matrix each.
    int units() {
        return matrices * groups;
    }

    /// The first block of queries of a group.
    int firstBlock(int group) {
        return (int) ((long) blocks() * group / groups);
    }

    /// The rows of a block of queries.
    int rowsOf(int block) {
        return Math.min(rows, queries - block * rows);
    }

    /// The rows of a block of keys.
    int keysOf(int keyBlock) {
        return Math.min(columns, keys - keyBlock * columns);
    }

    /// How many keys of a block of keys a block of queries goes through. Causal ones leave out what none of their rows sees, in
    /// steps: each number of keys has products of its own.
    int seen(int block, int keyBlock) {
        int all = keysOf(keyBlock);
        int visible = isCausal ? block * rows + rowsOf(block) - keyBlock * columns : all;
        int step = Math.max(rows, Math.ceilDiv(columns, EXTENTS));
        return visible <= 0 ? 0 : Math.min(all, Math.ceilDiv(visible, step) * step);
    }

    /// How many units make up a part of at least so many operations.
    int grain(double operations) {
        double work = 2.0 * queries * keys * (width + values) / groups;
        return (int) Math.clamp(operations / Math.max(work, 1), 1, Math.max(units(), 1));
    }

    /// Copies rows of an operand's matrix.
    <M> void load(Blocks<M> blocks, Elements[] inputs, int operand, Part part, M to) {
        Operand from = operand == COTANGENT ? operands.getLast() : operands.get(operand);
        int length = operand == VALUE || operand == COTANGENT ? values : width;
        Object array = inputs[from.input].array();
        int at = from.starts[part.matrix] + part.first * from.rowStride;
        if (from.rowStride == length) {
            blocks.copyIn(array, at, to, 0, part.count * length);
            return;
        }
        for (int i = 0; i < part.count; i++) {
            blocks.copyIn(array, at + i * from.rowStride, to, i * length, length);
        }
    }

    /// Some rows of a matrix. A thread moves its own from block to block, so that a run makes no objects.
    static final class Part {
        int matrix;
        int first;
        int count;
    }

    /// Says what the scores of some queries with some keys are.
    void describe(ScoreBlock block, Elements[] inputs, Part of, Part with) {
        block.queries = of.count;
        block.keys = with.count;
        block.scale = scale;
        block.sees = isCausal ? of.first - with.first : keys;
        block.isMasked = isMasked;
        if (isMasked) {
            Operand mask = operands.get(3);
            block.mask = inputs[mask.input].array();
            block.maskQueryStride = mask.rowStride;
            block.maskKeyStride = mask.columnStride;
            block.maskAt = mask.starts[of.matrix] + of.first * mask.rowStride + with.first * mask.columnStride;
        }
    }
}
