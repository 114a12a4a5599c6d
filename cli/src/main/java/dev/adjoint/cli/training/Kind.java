package dev.adjoint.cli.training;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.OneLine;

/// What the text of a setting can be. [#read] gives every text of one meaning one form, so that two settings are the same
/// exactly if their texts are.
public enum Kind {
    /// Any text but an empty one.
    TEXT {
        @Override
        String read(String text) {
            return text;
        }
    },
    /// True or false; on the command line the name alone.
    FLAG {
        @Override
        String read(String text) {
            if (!text.equals("true") && !text.equals("false")) {
                throw new InvalidArgument("must be true or false, not '" + text + "'");
            }
            return text;
        }
    },
    /// A whole number.
    WHOLE {
        @Override
        String read(String text) {
            return Long.toString(whole(text));
        }
    },
    /// A whole number from 1 on.
    COUNT {
        @Override
        String read(String text) {
            long number = whole(text);
            // An int holds it: it counts examples of a batch as well.
            if (number < 1 || number > Integer.MAX_VALUE) {
                throw new InvalidArgument("must be at least 1" + (number < 1 ? "" : " and at most " + Integer.MAX_VALUE)
                        + ", not " + number);
            }
            return Long.toString(number);
        }
    },
    /// A number above 0.
    POSITIVE {
        @Override
        String read(String text) {
            return numberWhere(text, number(text) > 0, "must be above 0");
        }
    },
    /// A number from 0 on.
    NOT_NEGATIVE {
        @Override
        String read(String text) {
            return numberWhere(text, number(text) >= 0, "must be at least 0");
        }
    },
    /// A number from 0 to below 1.
    SHARE {
        @Override
        String read(String text) {
            return numberWhere(text, number(text) >= 0 && number(text) < 1, "must lie from 0 to below 1");
        }
    },
    /// A number between 0 and 1, both excluded.
    INNER_SHARE {
        @Override
        String read(String text) {
            return numberWhere(text, number(text) > 0 && number(text) < 1, "must lie between 0 and 1");
        }
    },
    /// A share, or a number of the last examples.
    HELD_OUT {
        @Override
        String read(String text) {
            return HeldOut.read(text);
        }
    },
    /// `f32` or `bf16`.
    PRECISION {
        @Override
        String read(String text) {
            if (!text.equals("f32") && !text.equals("bf16")) {
                throw new InvalidArgument("must be f32 or bf16, not '" + text + "'");
            }
            return text;
        }
    };

    /// The text in its one form.
    ///
    /// @throws InvalidArgument if it cannot be this; the message goes on after the name of the setting
    abstract String read(String text);

    private static long whole(String text) {
        try {
            return Long.parseLong(text.replace("_", ""));
        } catch (NumberFormatException e) {
            throw new InvalidArgument("'" + OneLine.of(text) + "' is not a whole number");
        }
    }

    private static double number(String text) {
        try {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException _) {
            // The message below says all that there is to say.
        }
        throw new InvalidArgument("'" + OneLine.of(text) + "' is not a number");
    }

    private static String numberWhere(String text, boolean fits, String law) {
        if (!fits) {
            throw new InvalidArgument(law + ", not " + text);
        }
        return Double.toString(number(text));
    }
}
