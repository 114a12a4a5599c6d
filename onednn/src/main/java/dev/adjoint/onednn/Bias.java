package dev.adjoint.onednn;

import dev.adjoint.tensor.Elements;
import java.lang.foreign.MemorySegment;

/// The row that is added to every row of a product, in memory of its own; empty where there is none.
final class Bias {
    private final ProductCluster of;
    private final Numbers numbers;
    private final MemorySegment memory;

    Bias(ProductCluster of, Numbers numbers) {
        this.of = of;
        this.numbers = numbers;
        this.memory = of.isBiased() ? numbers.allocate(of.extents().columns()) : MemorySegment.NULL;
    }

    /// Takes the numbers of a run over.
    void copy(Elements[] inputs) {
        if (of.isBiased()) {
            Elements from = inputs[of.bias()];
            numbers.in(from.array(), memory, 0, from.count());
        }
    }

    /// The address of what is added from a column on; null if nothing is.
    long at(long column) {
        return of.isBiased() ? memory.address() + numbers.bytes(column) : 0;
    }

    /// A product, with this bias if there is one, on matrices that stay where they are.
    Runnable on(Product product, MemorySegment a, MemorySegment b, MemorySegment c) {
        return of.isBiased() ? product.on(a, b, c, memory) : product.on(a, b, c);
    }
}
