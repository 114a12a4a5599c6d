package dev.adjoint.train.optimizer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// What the last steps say about the inverse Hessian H.
final class Curvature {
    /// Pairs with less are no evidence of a positive curvature.
    private static final double LEAST = 1e-10;

    private final int memory;
    private final Deque<Pair> pairs = new ArrayDeque<>();

    /// Changes of weights and gradient in one step, and 1/(sᵀy).
    private record Pair(Vector s, Vector y, double rho) {}

    Curvature(int memory) {
        this.memory = memory;
    }

    void learn(Lbfgs.Place from, Lbfgs.Place to) {
        Vector s = to.weights().minus(from.weights());
        Vector y = to.gradient().minus(from.gradient());
        double product = s.dot(y);
        if (product > LEAST) {
            if (pairs.size() == memory) {
                pairs.removeFirst();
            }
            pairs.addLast(new Pair(s, y, 1 / product));
        }
    }

    /// −H·g, by the two-loop recursion from H₀ = (sᵀy/yᵀy)·I of the last pair.
    Vector times(Vector gradient) {
        Vector direction = gradient.times(-1);
        List<Double> alphas = new ArrayList<>();
        for (Pair pair : pairs.reversed()) {
            double alpha = pair.rho * pair.s.dot(direction);
            alphas.addFirst(alpha);
            direction = direction.plus(-alpha, pair.y);
        }
        if (!pairs.isEmpty()) {
            Pair last = pairs.getLast();
            direction = direction.times(1 / (last.rho * last.y.dot(last.y)));
        }
        int i = 0;
        for (Pair pair : pairs) {
            double beta = pair.rho * pair.y.dot(direction);
            direction = direction.plus(alphas.get(i++) - beta, pair.s);
        }
        return direction;
    }
}
