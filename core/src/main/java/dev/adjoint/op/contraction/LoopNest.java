package dev.adjoint.op.contraction;

import java.util.List;

/// A contraction as nested loops: over every combination of the loop indices i,
///
/// out[ Σ iₖ·outₖ ] += left[ left₀ + Σ iₖ·leftₖ ] · right[ Σ iₖ·rightₖ ]
///
/// where all offsets and strides are in elements of row-major operands. A guard excludes the combinations that fall into
/// the padding around an operand.
///
/// @param loops the loops, outermost first
/// @param guards the conditions under which a combination counts
/// @param base where each tensor's offset starts
public record LoopNest(List<Loop> loops, List<Guard> guards, Offsets base) {
    /// One loop: its trip count, and by how much each tensor's offset moves per trip.
    public record Loop(long extent, Offsets stride) {}

    /// An offset into each of the three tensors.
    public record Offsets(long left, long right, long out) {}

    /// The combinations count for which 0 ≤ first + Σ iₖ·coefficientₖ < size.
    public record Guard(List<Long> coefficients, long first, long size) {
        public Guard {
            coefficients = List.copyOf(coefficients);
        }
    }

    public LoopNest {
        loops = List.copyOf(loops);
        guards = List.copyOf(guards);
    }

    /// The same loops with the result and the left operand in exchanged roles: the transpose by the left operand.
    public LoopNest exchangeLeft() {
        return map(o -> new Offsets(/* left= */ o.out, o.right, /* out= */ o.left));
    }

    /// The same loops with left → left, result → right, right → result: the transpose by the right operand.
    public LoopNest exchangeRight() {
        return map(o -> new Offsets(o.left, /* right= */ o.out, /* out= */ o.right));
    }

    private LoopNest map(java.util.function.UnaryOperator<Offsets> change) {
        List<Loop> changed = loops.stream()
                .map(l -> new Loop(l.extent, change.apply(l.stride)))
                .toList();
        return new LoopNest(changed, guards, change.apply(base));
    }
}
