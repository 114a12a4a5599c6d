package dev.adjoint.train.diagnosis;

/// One cell of a table of figures, which knows how people read it.
public sealed interface Figure {
    /// Three digits, or a unit that keeps the number short.
    String text();

    /// A word or a name.
    record Word(String text) implements Figure {}

    /// A whole number.
    record Count(long value) implements Figure {
        @Override
        public String text() {
            return Long.toString(value);
        }
    }

    /// A real number.
    record Real(double value) implements Figure {
        @Override
        public String text() {
            return Wording.number(value);
        }
    }

    /// A part of a whole, between 0 and 1.
    record Share(double value) implements Figure {
        @Override
        public String text() {
            return Wording.percent(value);
        }
    }

    /// An amount of memory.
    record Bytes(long value) implements Figure {
        @Override
        public String text() {
            return Wording.bytes(value);
        }
    }
}
