package dev.adjoint.op;

import dev.adjoint.tensor.DType;

/// The element types that a formula is defined for.
public enum DTypes {
    FLOATING("floating types"),
    NUMERIC("numbers"),
    INTEGER("integers"),
    BOOLEAN("booleans"),
    ANY("all types");

    private final String description;

    DTypes(String description) {
        this.description = description;
    }

    public boolean contains(DType type) {
        return switch (this) {
            case FLOATING -> type.isFloating();
            case NUMERIC -> type.isFloating() || type.isInteger();
            case INTEGER -> type.isInteger();
            case BOOLEAN -> type == DType.BOOL;
            case ANY -> true;
        };
    }

    public String describe() {
        return description;
    }
}
