package dev.adjoint.testkit;

import dev.adjoint.graph.Graph;
import dev.adjoint.op.Sample;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.transform.Batch;
import dev.adjoint.transform.Vjp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/// Batching equals a loop over the examples.
final class BatchingLaw {
    private static final double TOLERANCE = 1e-12;
    private static final List<Integer> SIZES = List.of(3, 1, 0);

    /// So many operands are few.
    private static final int FEW = 6;

    private BatchingLaw() {}

    static void check(LawCase at) {
        for (Sample sample : Samples.typed(at.sample())) {
            int operands = sample.operands().size();
            for (int choice = 1; choice < 1 << operands; choice++) {
                if (!isTried(choice, operands)) {
                    continue;
                }
                int bits = choice;
                List<Boolean> mapped = IntStream.range(0, operands)
                        .mapToObj(i -> (bits & 1 << i) != 0)
                        .toList();
                List<List<Array>> examples = examples(sample, at.key());
                checkAll(Samples.graph(sample), mapped, examples);
            }
        }
        if (Samples.isReversible(at.sample(), at.key())) {
            derivative(at);
        }
    }

    /// Of few operands all choices, of many those of one, of two, of all but one and of all: others say nothing new and double
    /// with every operand.
    private static boolean isTried(int choice, int operands) {
        int mapped = Integer.bitCount(choice);
        return operands <= FEW || mapped <= 2 || mapped >= operands - 1;
    }

    private static List<List<Array>> examples(Sample sample, Key key) {
        return IntStream.range(0, SIZES.getFirst())
                .mapToObj(i -> new Draw(key.fold(i)).operands(sample))
                .toList();
    }

    private static void checkAll(Graph graph, List<Boolean> mapped, List<List<Array>> examples) {
        SIZES.forEach(size -> equal(graph, mapped, examples.subList(0, size), examples.getFirst()));
    }

    /// The reverse graph with everything mapped, and with the cotangents alone, as a Jacobian needs it.
    private static void derivative(LawCase at) {
        Graph graph = Samples.graph(at.sample());
        Graph reverse = new Vjp().apply(graph);
        int operands = graph.inputs().size();
        List<TensorType> seeds =
                reverse.inputTypes().subList(operands, reverse.inputs().size());
        List<List<Array>> examples = new ArrayList<>();
        for (int i = 0; i < SIZES.getFirst(); i++) {
            List<Array> example = new ArrayList<>(new Draw(at.key().fold(i)).operands(at.sample()));
            example.addAll(new Draw(at.key().fold(100 + i)).directions(seeds));
            examples.add(example);
        }
        List<Boolean> all = Collections.nCopies(reverse.inputs().size(), true);
        List<Boolean> seedsOnly =
                IntStream.range(0, all.size()).mapToObj(i -> i >= operands).toList();
        checkAll(reverse, all, examples);
        checkAll(reverse, seedsOnly, examples);
    }

    private static void equal(Graph graph, List<Boolean> mapped, List<List<Array>> examples, List<Array> alone) {
        Graph batched = new Batch(mapped, examples.size()).apply(graph);
        List<TensorType> wanted = graph.outputTypes().stream()
                .map(t -> t.withShape(t.shape().prepend(examples.size())))
                .toList();
        if (!batched.outputTypes().equals(wanted)) {
            throw new AssertionError("mapped " + mapped + " in a batch of " + examples.size() + ": results are of type "
                    + batched.outputTypes() + ", not " + wanted);
        }
        List<Array> arguments = IntStream.range(0, alone.size())
                .mapToObj(i -> mapped.get(i) ? stacked(examples, i, alone.get(i).type()) : alone.get(i))
                .toList();
        List<Array> together = Executable.compile(batched, Kernels.reference()).run(arguments);
        Executable single = Executable.compile(graph, Kernels.reference());
        for (int b = 0; b < examples.size(); b++) {
            int example = b;
            List<Array> own = IntStream.range(0, alone.size())
                    .mapToObj(i -> mapped.get(i) ? examples.get(example).get(i) : alone.get(i))
                    .toList();
            compare(together, single.run(own), example, "mapped " + mapped + " in a batch of " + examples.size());
        }
    }

    private static Array stacked(List<List<Array>> examples, int operand, TensorType type) {
        return examples.isEmpty()
                ? Array.zeros(type.withShape(type.shape().prepend(0)))
                : Array.of(Tensor.stack(
                        0, examples.stream().map(e -> e.get(operand)).toList()));
    }

    private static void compare(List<Array> together, List<Array> loop, int example, String where) {
        for (int i = 0; i < loop.size(); i++) {
            Array part = Array.of(together.get(i).take(0, example));
            new Agreement(TOLERANCE).check(part, loop.get(i), where + ", example " + example);
        }
    }
}
