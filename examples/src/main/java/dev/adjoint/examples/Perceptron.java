package dev.adjoint.examples;

import static dev.adjoint.tensor.DType.F64;
import static dev.adjoint.transform.Transformations.grad;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;

/// Lesson 6, a network with one hidden layer, by hand. One example x, its target y, weights W¹ and W²:
///
/// ```
/// z = W¹x     h = tanh z     o = W²h     L = ½‖o − y‖²     s = λ/2·(‖W¹‖² + ‖W²‖²)     J = L + s
/// ```
///
/// Backwards, every line is the chain rule applied to the line of the forward pass that it undoes:
///
/// ```
/// ∂J/∂L  = 1                         ∂J/∂s = 1
/// ∂J/∂o  = ∂J/∂L·∂L/∂o = o − y
/// ∂J/∂W² = ∂J/∂o·hᵀ + λW²            the product's share and the penalty's
/// ∂J/∂h  = W²ᵀ·∂J/∂o
/// ∂J/∂z  = ∂J/∂h ⊙ tanh′ z = ∂J/∂h ⊙ (1 − h²)
/// ∂J/∂W¹ = ∂J/∂z·xᵀ + λW¹
/// ```
///
/// Below, plain Java loops do exactly this. The library gets the forward pass only. It differentiates by arguments, so
/// to see the gradient at an intermediate, the lesson adds an argument that is zero to it: J reacts to a change of that
/// zero as it reacts to a change of the intermediate.
///
/// Source: Dive into Deep Learning, 5.3, <https://d2l.ai/chapter_multilayer-perceptrons/backprop.html>.
public final class Perceptron {
    private Perceptron() {}

    static final double LAMBDA = 0.1;
    static final double[][] X = {{0.5}, {-1.0}, {2.0}};
    static final double[][] Y = {{1.0}, {0.0}};
    static final double[][] W1 = {{0.1, -0.2, 0.3}, {0.4, 0.5, -0.6}, {-0.7, 0.8, 0.9}, {0.2, -0.3, -0.1}};
    static final double[][] W2 = {{0.6, -0.5, 0.4, 0.3}, {-0.2, 0.1, 0.7, -0.8}};

    // @start region="model"
    /// The weights, and a zero for every intermediate; also the gradients by all of them.
    public record Places(Tensor w1, Tensor w2, Tensor z, Tensor h, Tensor o, Tensor loss, Tensor penalty) {}

    /// Everything the forward pass computes.
    public record Forward(Tensor z, Tensor h, Tensor o, Tensor loss, Tensor penalty, Tensor objective) {}

    static Forward forward(Places at) {
        Tensor z = at.w1().matmul(Array.of(X)).add(at.z());
        Tensor h = z.tanh().add(at.h());
        Tensor o = at.w2().matmul(h).add(at.o());
        Tensor loss = o.sub(Array.of(Y)).square().sum().mul(0.5).add(at.loss());
        Tensor squares = at.w1().square().sum().add(at.w2().square().sum());
        Tensor penalty = squares.mul(LAMBDA / 2).add(at.penalty());
        return new Forward(z, h, o, loss, penalty, loss.add(penalty));
    }
    // @end region="model"

    /// Every intermediate and every gradient in plain Java, by name; single numbers are matrices of one element.
    static Map<String, double[][]> byHand(double[][] w1, double[][] w2) {
        Map<String, double[][]> all = new LinkedHashMap<>();
        // @start region="hand"
        double[][] z = keep(all, "z", product(w1, X));
        double[][] h = keep(all, "h", map(z, z, (v, same) -> Math.tanh(v)));
        double[][] o = keep(all, "o", product(w2, h));
        double loss = keep(all, "loss", squares(map(o, Y, (out, target) -> out - target)) / 2);
        double penalty = keep(all, "penalty", LAMBDA / 2 * (squares(w1) + squares(w2)));
        keep(all, "objective", loss + penalty);

        double dLoss = keep(all, "dJ/dloss", 1);
        double dPenalty = keep(all, "dJ/dpenalty", 1);
        double[][] dO = keep(all, "dJ/do", map(o, Y, (out, target) -> dLoss * (out - target)));
        keep(all, "dJ/dw2", map(product(dO, transpose(h)), w2, (dw, w) -> dw + dPenalty * LAMBDA * w));
        double[][] dH = keep(all, "dJ/dh", product(transpose(w2), dO));
        double[][] dZ = keep(all, "dJ/dz", map(dH, h, (upstream, value) -> upstream * (1 - value * value)));
        keep(all, "dJ/dw1", map(product(dZ, transpose(X)), w1, (dw, w) -> dw + dPenalty * LAMBDA * w));
        // @end region="hand"
        return all;
    }

    /// The same by the library: the forward pass as it stands, the gradients by `grad`.
    static Map<String, Tensor> byLibrary() {
        // @start region="gradient"
        Places at = new Places(
                Array.of(W1),
                Array.of(W2),
                Array.zeros(F64, 4, 1),
                Array.zeros(F64, 4, 1),
                Array.zeros(F64, 2, 1),
                Array.scalar(0.0),
                Array.scalar(0.0));
        Map<String, Tensor> all = new LinkedHashMap<>(Tree.paths(forward(at)));
        Places gradient = grad((Places p) -> forward(p).objective()).apply(at);
        Tree.visit(gradient, (name, value) -> all.put("dJ/d" + name, value));
        // @end region="gradient"
        return all;
    }

    static void main() {
        Map<String, Tensor> byLibrary = byLibrary();
        byHand(W1, W2).forEach((name, hand) -> {
            Tensor array = Array.of(hand);
            Tensor library = Objects.requireNonNull(byLibrary.get(name)).reshape(array.shape());
            IO.println(name + " =");
            IO.println(array);
            IO.println("largest difference from the library's " + name + ": "
                    + Array.of(array.sub(library).abs().max()).item());
        });
    }

    private static double[][] keep(Map<String, double[][]> all, String name, double[][] matrix) {
        all.put(name, matrix);
        return matrix;
    }

    private static double keep(Map<String, double[][]> all, String name, double number) {
        return keep(all, name, new double[][] {{number}})[0][0];
    }

    private static double[][] product(double[][] a, double[][] b) {
        double[][] c = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b[0].length; j++) {
                for (int k = 0; k < b.length; k++) {
                    c[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return c;
    }

    private static double[][] transpose(double[][] a) {
        double[][] t = new double[a[0].length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                t[j][i] = a[i][j];
            }
        }
        return t;
    }

    private static double[][] map(double[][] a, double[][] b, DoubleBinaryOperator f) {
        double[][] c = new double[a.length][a[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                c[i][j] = f.applyAsDouble(a[i][j], b[i][j]);
            }
        }
        return c;
    }

    private static double squares(double[][] a) {
        double sum = 0;
        for (double[] row : a) {
            for (double v : row) {
                sum += v * v;
            }
        }
        return sum;
    }
}
