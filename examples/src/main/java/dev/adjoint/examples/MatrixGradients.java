package dev.adjoint.examples;

import static dev.adjoint.transform.Transformations.vjp;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// Lesson 5, the gradient of a matrix product: D = W·X, and for an upstream gradient dD = ∂L/∂D
///
/// ```
/// dW = dD·Xᵀ     dX = Wᵀ·dD
/// ```
///
/// Nobody needs to remember these, because the shapes leave no choice. dW must have the shape of W, here `[5,10]`, and
/// it is made of dD `[5,3]` and X `[10,3]`. There is one way to multiply the two into `[5,10]`: transpose X. Likewise
/// dX `[10,3]` can only be Wᵀ `[10,5]` times dD `[5,3]`.
///
/// Why it is true: D_ij = Σₖ W_ik·X_kj, so ∂D_ij/∂W_ik = X_kj, and W_ik takes part in row i of D for every j:
///
/// ```
/// dW_ik = Σⱼ dD_ij·X_kj     dX_kj = Σᵢ W_ik·dD_ij
/// ```
///
/// The Jacobian of this product would be a matrix of 15 by 80 numbers. The pullback multiplies by its transpose without
/// ever building it; that is what "reverse mode" means.
///
/// The numbers come from a key: the same key gives the same numbers everywhere.
///
/// Source: CS231n, Gradients for vectorized operations, <https://cs231n.github.io/optimization-2/>.
public final class MatrixGradients {
    private MatrixGradients() {}

    // @start region="product"
    /// The two factors, and also their gradients.
    public record Factors(Tensor w, Tensor x) {}

    static Tensor product(Factors f) {
        return f.w().matmul(f.x());
    }
    // @end region="product"

    /// W, X and dD, in this order.
    static List<Tensor> numbers() {
        // @start region="random"
        List<Key> keys = Key.of(5).split(3);
        Tensor w = Array.key(keys.get(0)).normal(TensorType.of(DType.F64, 5, 10));
        Tensor x = Array.key(keys.get(1)).normal(TensorType.of(DType.F64, 10, 3));
        Tensor dD = Array.key(keys.get(2)).normal(TensorType.of(DType.F64, 5, 3));
        // @end region="random"
        return List.of(w, x, dD);
    }

    static void main() {
        List<Tensor> numbers = numbers();
        Tensor w = numbers.get(0);
        Tensor x = numbers.get(1);
        Tensor dD = numbers.get(2);

        // @start region="pullback"
        Factors gradient =
                vjp(MatrixGradients::product, new Factors(w, x)).pullback().apply(dD);
        Tensor dW = dD.matmul(x.mT());
        Tensor dX = w.mT().matmul(dD);
        // @end region="pullback"

        IO.println("dW = dD " + dD.shape() + " times X^T " + x.mT().shape() + " = " + dW.shape());
        IO.println(gradient.w());
        IO.println("dX = W^T " + w.mT().shape() + " times dD " + dD.shape() + " = " + dX.shape());
        IO.println(gradient.x());
        IO.println("largest difference in dW: " + largestDifference(gradient.w(), dW));
        IO.println("largest difference in dX: " + largestDifference(gradient.x(), dX));
    }

    private static double largestDifference(Tensor left, Tensor right) {
        return Array.of(left.sub(right).abs().max()).item();
    }
}
