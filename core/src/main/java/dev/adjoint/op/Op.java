package dev.adjoint.op;

import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.Locale;

/// An operator: a small record that holds its attributes and states the facts about itself.
///
/// The families are sealed, so a pass that switches over them without `default` is told by the compiler when a new
/// family appears, and never changes for a new operator.
public sealed interface Op permits Primitive, Factorization, Composite, Control {
    /// The types of the results, or why these operands do not fit.
    ///
    /// @throws dev.adjoint.tensor.ShapeMismatch if the shapes break the operator's law
    /// @throws dev.adjoint.tensor.DTypeMismatch if the element types do
    List<TensorType> infer(List<TensorType> operands);

    /// The formula of the result in Unicode, as it stands in the operator table.
    String formula();

    /// The name in text and messages: the class name in lower case.
    default String name() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /// The operator of the ONNX standard that means the same, or an empty text if there is none.
    default String onnx() {
        return "";
    }

    /// Why this operator has no derivative, or an empty text if it has one.
    default String withoutDerivative() {
        return "";
    }

    /// Where the partial derivative by an operand is 0, in plain words that go on from "no gradient passes": `where x ≤ 0`.
    /// Empty if there is no such place, or none worth saying.
    default String vanishes(int operand) {
        return "";
    }

    /// Why there is no reverse mode although there is forward mode, or an empty text.
    default String withoutReverse() {
        return "";
    }
}
