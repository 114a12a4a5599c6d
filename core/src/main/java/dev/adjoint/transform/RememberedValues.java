package dev.adjoint.transform;

import dev.adjoint.graph.Value;
import dev.adjoint.op.Elementwise;
import dev.adjoint.op.Movement;
import dev.adjoint.op.Operations;
import dev.adjoint.op.movement.Permute;
import dev.adjoint.op.movement.Reshape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The values of a scan's body that are remembered for the way back: what cheap arithmetic makes of others is computed there
/// again. A logistic gate y is remembered, its slope y·(1 − y) is not.
///
/// @param known what need not be remembered: scanned tensors and constants
/// @param moving the values that can differ from step to step
record RememberedValues(List<Value> known, Set<Value> moving) {
    /// @param read the values that the way back reads, operands before results
    List<Value> of(List<Value> read) {
        Set<Value> remembered = new LinkedHashSet<>();
        read.forEach(value -> remembered.add(plain(value)));
        remembered.retainAll(moving);
        known.forEach(remembered::remove);
        List<Value> candidates = List.copyOf(remembered);
        for (Value value : candidates.reversed()) {
            remembered.remove(value);
            if (!isComputable(value, remembered)) {
                remembered.add(value);
            }
        }
        return candidates.stream().filter(remembered::contains).toList();
    }

    /// What a value is before it was permuted and reshaped.
    private static Value plain(Value value) {
        Value at = value;
        while (at.op() instanceof Permute || at.op() instanceof Reshape) {
            at = at.input(0);
        }
        return at;
    }

    private boolean isComputable(Value value, Collection<Value> remembered) {
        Set<Value> seen = new HashSet<>();
        List<Value> open = new ArrayList<>(List.of(value));
        while (!open.isEmpty()) {
            Value at = open.removeLast();
            boolean isGiven = remembered.contains(at) || known.contains(at) || !moving.contains(at);
            if (isGiven || !seen.add(at)) {
                continue;
            }
            if (!isCheap(at)) {
                return false;
            }
            open.addAll(at.inputs());
        }
        return true;
    }

    private static boolean isCheap(Value value) {
        return value.op() instanceof Movement || (value.op() instanceof Elementwise op && Operations.isArithmetic(op));
    }
}
