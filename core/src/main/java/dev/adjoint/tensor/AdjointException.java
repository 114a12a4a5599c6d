package dev.adjoint.tensor;

import java.io.Serial;
import java.util.Optional;
import java.util.regex.Pattern;

/// What Adjoint throws when a request cannot be met: the message is one line that a user can act on, and ends with the line
/// of the user's program that asked: `… (Model.java:42)`.
public class AdjointException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private static final Pattern PLACED = Pattern.compile(" \\([^\\s()]+:\\d+\\)$");

    public AdjointException(String message) {
        super(message);
    }

    public AdjointException(String message, Throwable cause) {
        super(message, cause);
    }

    /// The innermost line of the user's program that led here; none if there is no user's program on the stack.
    public Optional<Place> place() {
        return Place.of(this);
    }

    @Override
    public String getMessage() {
        String message = String.valueOf(super.getMessage());
        // A message that repeats another one's has the place of that one already.
        return PLACED.matcher(message).find()
                ? message
                : place().map(place -> message + " (" + place + ")").orElse(message);
    }
}
