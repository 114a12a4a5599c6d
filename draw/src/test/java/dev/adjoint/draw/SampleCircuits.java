package dev.adjoint.draw;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/// Circuits that several tests draw.
final class SampleCircuits {
    private SampleCircuits() {}

    /// The circuit of a function of named numbers.
    static Circuit of(Map<String, Double> numbers, Function<Map<String, Tensor>, Tensor> f) {
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        numbers.forEach((name, number) -> inputs.put(name, Value.input(name, TensorType.of(DType.F64))));
        List<Value> arguments = inputs.values().stream().map(Value::of).toList();
        return Circuit.of(new Graph(arguments, List.of(Value.of(f.apply(inputs)))), numbers);
    }

    private static Map<String, Double> numbers(Object... namesAndNumbers) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (int i = 0; i < namesAndNumbers.length; i += 2) {
            numbers.put((String) namesAndNumbers[i], ((Number) namesAndNumbers[i + 1]).doubleValue());
        }
        return numbers;
    }

    /// (x+y)·z at −2, 5, −4.
    static Circuit product() {
        return of(
                numbers("x", -2, "y", 5, "z", -4),
                v -> v.get("x").add(v.get("y")).mul(v.get("z")));
    }

    /// The sigmoid neuron of CS231n, 1/(1 + e^−(w₀x₀ + w₁x₁ + w₂)), gate by gate.
    static Circuit neuron() {
        return of(
                numbers("w0", 2, "x0", -1, "w1", -3, "x1", -2, "w2", -3),
                v -> v.get("w0")
                        .mul(v.get("x0"))
                        .add(v.get("w1").mul(v.get("x1")))
                        .add(v.get("w2"))
                        .neg()
                        .exp()
                        .add(1)
                        .reciprocal());
    }

    /// f(x,y) = (x+σ(y))/(σ(x)+(x+y)²) at x = 3, y = −4.
    static Circuit yardstick() {
        return of(numbers("x", 3, "y", -4), v -> {
            Tensor x = v.get("x");
            Tensor y = v.get("y");
            return x.add(y.sigmoid()).div(x.sigmoid().add(x.add(y).square()));
        });
    }

    /// An expression of so many gates, drawn from a seed: every gate's result is used.
    static Circuit random(long seed, int gates) {
        Random random = new Random(seed);
        Map<String, Double> numbers = new LinkedHashMap<>();
        int names = 1 + random.nextInt(6);
        for (int i = 0; i < names; i++) {
            numbers.put(random.nextBoolean() ? "x" + i : "weight_" + i, random.nextGaussian() * 3);
        }
        return of(numbers, inputs -> expression(random, new ArrayList<>(inputs.values()), gates));
    }

    private static Tensor expression(Random random, List<Tensor> all, int gates) {
        List<Tensor> unused = new ArrayList<>();
        for (int gate = 0; gate < gates; gate++) {
            boolean joins = unused.size() >= gates - gate;
            Tensor x = joins || (!unused.isEmpty() && random.nextBoolean()) ? unused.removeFirst() : any(random, all);
            Tensor y = joins && !unused.isEmpty() ? unused.removeFirst() : any(random, all);
            Tensor result = gate(joins ? random.nextInt(5) : random.nextInt(18), x, y);
            unused.remove(y);
            unused.add(result);
            all.add(result);
        }
        return unused.getLast();
    }

    private static Tensor any(Random random, List<Tensor> all) {
        return all.get(random.nextInt(all.size()));
    }

    private static Tensor gate(int kind, Tensor x, Tensor y) {
        return switch (kind) {
            case 0, 1 -> x.add(y);
            case 2 -> x.mul(y);
            case 3 -> x.sub(y);
            case 4 -> x.div(y);
            case 5 -> x.maximum(y);
            case 6 -> x.sigmoid();
            case 7 -> x.tanh();
            case 8 -> x.relu();
            case 9 -> x.exp();
            case 10 -> x.square();
            case 11 -> x.mul(123.456);
            case 12 -> x.add(-2);
            case 13 -> x.reciprocal();
            case 14 -> x.abs().sqrt();
            case 15 -> x.softplus();
            case 16 -> x.mul(0.5);
            default -> x.neg();
        };
    }
}
