package dev.adjoint.jvm;

import dev.adjoint.op.Bitwise;
import dev.adjoint.op.Elementwise;
import dev.adjoint.op.Scalars;
import java.util.Collections;

/// Reads a formula for what float32 arithmetic would round: one rounding of a result gives the same bits as double
/// arithmetic rounded at the end (binary64 carries more than twice the digits), two may not. A formula that rounds an
/// already rounded number is computed in double.
final class Rounding implements Scalars<Rounding.State> {
    enum State {
        /// A float that is the exact value.
        EXACT,
        /// A float that was rounded.
        ROUNDED,
        /// A double.
        DOUBLE
    }

    private boolean twice;
    private boolean callsMath;
    private boolean branches;

    static Rounding of(Elementwise op) {
        Rounding rounding = new Rounding();
        op.compute(rounding, Collections.nCopies(op.arity(), State.EXACT));
        return rounding;
    }

    /// Whether float arithmetic would round twice.
    boolean roundsTwice() {
        return twice;
    }

    /// Whether functions of `java.lang.Math` are called, which cost some ten times an addition.
    boolean callsMath() {
        return callsMath;
    }

    /// Whether numbers are chosen or tested for equality.
    boolean branches() {
        return branches;
    }

    private State use(State result, State... operands) {
        State strongest = result;
        for (State operand : operands) {
            twice |= operand == State.ROUNDED;
            strongest = operand == State.DOUBLE ? State.DOUBLE : strongest;
        }
        return strongest;
    }

    @Override
    public State constant(double value) {
        twice |= (float) value != value;
        return State.EXACT;
    }

    @Override
    public State add(State x, State y) {
        return use(State.ROUNDED, x, y);
    }

    @Override
    public State sub(State x, State y) {
        return use(State.ROUNDED, x, y);
    }

    @Override
    public State mul(State x, State y) {
        return use(State.ROUNDED, x, y);
    }

    @Override
    public State div(State x, State y) {
        return use(State.ROUNDED, x, y);
    }

    @Override
    public State neg(State x) {
        return use(State.EXACT, x);
    }

    @Override
    public State max(State x, State y) {
        return use(State.EXACT, x, y);
    }

    @Override
    public State min(State x, State y) {
        return use(State.EXACT, x, y);
    }

    @Override
    public State sign(State x) {
        return use(State.EXACT, x);
    }

    @Override
    public State less(State x, State y) {
        use(State.EXACT, x, y);
        return State.EXACT;
    }

    @Override
    public State equal(State x, State y) {
        branches = true;
        use(State.EXACT, x, y);
        return State.EXACT;
    }

    @Override
    public State not(State condition) {
        return State.EXACT;
    }

    @Override
    public State select(State condition, State yes, State no) {
        branches = true;
        return use(State.EXACT, condition, yes, no);
    }

    @Override
    public State bits(Bitwise.Operation operation, State x, State y) {
        branches = true;
        return use(State.EXACT, x, y);
    }

    @Override
    public State math(String function, State x) {
        callsMath |= !function.equals("sqrt");
        return use(State.DOUBLE, x);
    }

    @Override
    public State math(String function, State x, State y) {
        callsMath = true;
        return use(State.DOUBLE, x, y);
    }
}
