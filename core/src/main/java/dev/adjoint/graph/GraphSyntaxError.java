package dev.adjoint.graph;

import dev.adjoint.tensor.AdjointException;
import java.io.Serial;

/// A text that is not a graph.
public final class GraphSyntaxError extends AdjointException {
    @Serial
    private static final long serialVersionUID = 1;

    private final int line;
    private final int column;

    GraphSyntaxError(int line, int column, String message) {
        super("line " + line + ", column " + column + ": " + message);
        this.line = line;
        this.column = column;
    }

    /// The line, from 1.
    public int line() {
        return line;
    }

    /// The column, from 1.
    public int column() {
        return column;
    }
}
