package dev.adjoint.cli.expression;

import dev.adjoint.tensor.Key;

/// Writes random expressions with only the parentheses that precedence demands, and calculates them on the way.
final class Random {
    private static final String[] NAMES = {"x", "y", "λ"};
    private static final double[] VALUES = {1.25, -0.75, 2.5};

    private final Key key;
    private long drawn;

    Random(Key key) {
        this.key = key;
    }

    /// An expression and what it is worth.
    record Sample(String text, double value) {}

    private int below(int bound) {
        return (int) (key.uniform(drawn++) * bound);
    }

    /// product { (+|−) product }
    Sample sum(int depth) {
        Sample left = product(depth);
        for (int i = below(3); i > 0; i--) {
            Sample right = product(depth);
            left = below(2) == 0
                    ? new Sample(left.text + "+" + right.text, left.value + right.value)
                    : new Sample(left.text + " - " + right.text, left.value - right.value);
        }
        return left;
    }

    /// signed { (*|/) signed }
    private Sample product(int depth) {
        Sample left = signed(depth);
        for (int i = below(3); i > 0; i--) {
            Sample right = signed(depth);
            left = below(2) == 0 || right.value == 0
                    ? new Sample(left.text + "*" + right.text, left.value * right.value)
                    : new Sample(left.text + "/" + right.text, left.value / right.value);
        }
        return left;
    }

    private Sample signed(int depth) {
        Sample power = power(depth);
        return below(4) == 0 ? new Sample("-" + power.text, -power.value) : power;
    }

    private Sample power(int depth) {
        Sample base = atom(depth);
        int exponent = below(4);
        return below(4) == 0 ? new Sample(base.text + "^" + exponent, Math.pow(base.value, exponent)) : base;
    }

    private Sample atom(int depth) {
        int kind = depth == 0 ? below(2) : below(4);
        if (kind == 0) {
            int name = below(NAMES.length);
            return new Sample(NAMES[name], VALUES[name]);
        }
        if (kind == 1) {
            double number = (1 + below(40)) / 8.0;
            return new Sample(Double.toString(number), number);
        }
        Sample inner = sum(depth - 1);
        return kind == 2
                ? new Sample("(" + inner.text + ")", inner.value)
                : new Sample("tanh(" + inner.text + ")", Math.tanh(inner.value));
    }
}
