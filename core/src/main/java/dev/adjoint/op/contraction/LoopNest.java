package dev.adjoint.op.contraction;

import java.util.List;
import java.util.function.UnaryOperator;

/// A contraction as nested loops: over every combination of the loop indices i,
///
/// out[ Σ iₖ·outₖ ] += left[ left₀ + Σ iₖ·leftₖ ] · right[ Σ iₖ·rightₖ ]
///
/// where all offsets and strides are in elements of row-major operands. Guards tell the combinations that fall into the
/// padding around one of the tensors: the left operand reads zero there, and what would go to the result is dropped.
///
/// @param loops the loops, outermost first
/// @param guards the conditions under which a combination lies outside the padding
/// @param padded the tensor that the guards are about
/// @param base where each tensor's offset starts
public record LoopNest(List<Loop> loops, List<Guard> guards, Padded padded, Offsets base) {
    /// The tensor with padding around it.
    public enum Padded {
        /// The left operand: it reads zero in the padding.
        LEFT,
        /// The result: what goes into the padding is dropped.
        OUT
    }

    /// One loop: its trip count, and by how much each tensor's offset moves per trip.
    public record Loop(long extent, Offsets stride) {}

    /// An offset into each of the three tensors.
    public record Offsets(long left, long right, long out) {}

    /// The combinations lie outside the padding for which 0 ≤ first + Σ iₖ·coefficientₖ < size.
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
        Padded other = padded == Padded.LEFT ? Padded.OUT : Padded.LEFT;
        return map(other, o -> new Offsets(/* left= */ o.out, o.right, /* out= */ o.left));
    }

    /// The same loops with left → left, result → right, right → result: the transpose by the right operand.
    public LoopNest exchangeRight() {
        return map(padded, o -> new Offsets(o.left, /* right= */ o.out, /* out= */ o.right));
    }

    private LoopNest map(Padded around, UnaryOperator<Offsets> change) {
        List<Loop> changed = loops.stream()
                .map(l -> new Loop(l.extent, change.apply(l.stride)))
                .toList();
        return new LoopNest(changed, guards, around, change.apply(base));
    }
}
