package dev.adjoint.graph;

import dev.adjoint.tensor.Place;
import java.util.Optional;
import java.util.function.Supplier;

/// Where a value comes from: the line of the user's program that asked for it, and the rule that made it on the way. A note
/// for explanations; it changes no result.
///
/// A pass says for which value it records by [#during]; what is recorded outside of any pass was asked for by the caller.
///
/// @param rule the part that a rule played, such as `in the backward of log`; empty for what the program wrote itself
/// @param caller the frame of the user's program, if there is one
public record Origin(String rule, Optional<StackWalker.StackFrame> caller) {
    /// Nobody's: graphs that were parsed or made for a single kernel.
    public static final Origin UNKNOWN = new Origin("", Optional.empty());

    /// Bound for the extent of a call, to an immutable note: see the decision on source places.
    private static final ScopedValue<Origin> RECORDING = ScopedValue.newInstance();

    /// The origin of what is recorded now.
    static Origin here() {
        return RECORDING.isBound() ? RECORDING.get() : new Origin("", Place.caller());
    }

    /// Records for this origin.
    public <T> T during(Supplier<T> recording) {
        return ScopedValue.where(RECORDING, this).call(recording::get);
    }

    /// The origin of what the reverse rule of a value's operator records.
    public static Origin backward(Value of) {
        return new Origin(
                "in the backward of " + of.origin().named(of), of.origin().caller());
    }

    /// The origin of what the forward rule of a value's operator records.
    public static Origin tangent(Value of) {
        return new Origin(
                "in the tangent of " + of.origin().named(of), of.origin().caller());
    }

    /// The origin of what a value's operator is made of.
    public static Origin inside(Value of) {
        return new Origin("in " + of.origin().named(of), of.origin().caller());
    }

    /// The line of the user's program, if there is one.
    public Optional<Place> place() {
        return caller.flatMap(Place::of);
    }

    /// The operator with the rule it belongs to: `div in the backward of log`.
    public String named(Value value) {
        return rule.isEmpty() ? value.op().name() : value.op().name() + " " + rule;
    }

    /// The value's operator with its origin: `div in the backward of log at Model.java:42`.
    String describe(Value value) {
        return named(value) + place().map(p -> " at " + p).orElse("");
    }
}
