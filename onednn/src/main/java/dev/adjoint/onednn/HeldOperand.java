package dev.adjoint.onednn;

import dev.adjoint.run.Kernel.Turn;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Set;
import java.util.function.IntConsumer;

/// An operand of products that run in a row, in memory of its own: copied in every run, or only in the first if it stays the
/// same.
final class HeldOperand {
    /// Elements that one thread copies at a time.
    static final int COPY = 1 << 16;

    private final MatrixOperand operand;
    private final boolean isConstant;
    private final Numbers numbers;
    private final Workers workers;
    private final IntConsumer copying = this::copy;
    private final Elements[] from = new Elements[1];
    private MemorySegment memory = MemorySegment.NULL;

    /// @param constant the inputs that stay the same
    HeldOperand(MatrixOperand operand, Set<Integer> constant, Numbers numbers, Workers workers) {
        this.operand = operand;
        this.isConstant = constant.contains(operand.input());
        this.numbers = numbers;
        this.workers = workers;
    }

    /// Where it stands, after the first run has begun.
    MemorySegment memory() {
        return memory;
    }

    void update(Elements[] inputs, Turn turn) {
        if (turn != Turn.FIRST && isConstant) {
            return;
        }
        from[0] = inputs[operand.input()];
        int count = from[0].count();
        if (memory.byteSize() == 0) {
            memory = numbers.allocate(count);
        }
        workers.run(Math.ceilDiv(count, COPY), copying);
        Arrays.fill(from, null);
    }

    private void copy(int part) {
        copy(numbers, from[0], memory, part);
    }

    /// Copies a part of an array to the same place of a memory.
    static void copy(Numbers numbers, Elements from, MemorySegment to, int part) {
        int at = part * COPY;
        numbers.in(from.array(), to, at, Math.min(COPY, from.count() - at));
    }
}
