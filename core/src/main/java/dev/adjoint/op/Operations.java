package dev.adjoint.op;

import java.util.Collections;
import java.util.Map;

/// A reading of scalar formulas that counts: what a value has cost so far, in additions. A value that is used twice counts
/// twice, so the counter and not the value is asked.
public final class Operations implements Scalars<Integer> {
    /// About as many additions and multiplications as stand in a function's place, where it is not called.
    private static final Map<String, Integer> FUNCTIONS =
            Map.of("sqrt", 1, "exp", 19, "expm1", 29, "tanh", 22, "erf", 20, "log", 38, "log1p", 41);

    private static final int CALL = 34;

    private int count;
    private boolean functions;

    private Operations() {}

    /// The operations of one element.
    public static int of(Elementwise op) {
        return read(op).count;
    }

    /// Whether an element takes additions, multiplications and the like alone, and no function such as the exponential.
    public static boolean isArithmetic(Elementwise op) {
        return !read(op).functions;
    }

    private static Operations read(Elementwise op) {
        Operations operations = new Operations();
        op.compute(operations, Collections.nCopies(op.arity(), 0));
        return operations;
    }

    private Integer cost(int operations) {
        count += operations;
        return count;
    }

    @Override
    public Integer constant(double value) {
        return cost(0);
    }

    @Override
    public Integer add(Integer x, Integer y) {
        return cost(1);
    }

    @Override
    public Integer sub(Integer x, Integer y) {
        return cost(1);
    }

    @Override
    public Integer mul(Integer x, Integer y) {
        return cost(1);
    }

    @Override
    public Integer div(Integer x, Integer y) {
        return cost(1);
    }

    @Override
    public Integer neg(Integer x) {
        return cost(1);
    }

    @Override
    public Integer max(Integer x, Integer y) {
        return cost(1);
    }

    @Override
    public Integer min(Integer x, Integer y) {
        return cost(1);
    }

    @Override
    public Integer sign(Integer x) {
        return cost(1);
    }

    @Override
    public Integer less(Integer x, Integer y) {
        return cost(1);
    }

    @Override
    public Integer equal(Integer x, Integer y) {
        return cost(1);
    }

    @Override
    public Integer select(Integer condition, Integer yes, Integer no) {
        return cost(1);
    }

    @Override
    public Integer math(String function, Integer x) {
        functions |= !function.equals("sqrt");
        return cost(FUNCTIONS.getOrDefault(function, CALL));
    }

    @Override
    public Integer math(String function, Integer x, Integer y) {
        functions = true;
        return cost(CALL);
    }

    @Override
    public Integer bits(Bitwise.Operation operation, Integer x, Integer y) {
        return cost(1);
    }
}
