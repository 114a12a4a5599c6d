package dev.adjoint.testkit;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Op;
import dev.adjoint.op.Sample;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.FactorizationFailure;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.transform.Vjp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// It makes no difference how operands lie in memory and how results are read: whatever the compiler makes of movements
/// before and behind an operator, it gives what the operator gives alone. The same for the gradients by what is stored.
final class ViewLaw {
    private ViewLaw() {}

    static void check(LawCase at) {
        for (Sample sample : Samples.inBothPrecisions(at.sample())) {
            for (View view : View.values()) {
                List<Array> operands = new Draw(at.key())
                        .operands(sample).stream().map(view::seen).toList();
                checkThrough(at.at(sample), view, operands);
            }
        }
    }

    private static void checkThrough(LawCase at, View view, List<Array> operands) {
        Optional<Condition> alone = condition(Samples.graph(at.sample()), operands, at);
        if (alone.isEmpty()) {
            return;
        }
        List<Array> eager =
                TypeLaw.eager(at.sample(), operands).stream().map(Array::of).toList();
        alone.get().check(at, eager, "eager");
        Through through = Through.of(at.sample().op(), view, operands);
        List<Array> compiled = Executable.compile(through.graph, at.kernels()).run(through.stored);
        alone.get().check(at, compiled, "operands seen " + view);
        if (view != View.REPEATED) {
            alone.get().check(at, readBehind(at, view, operands), "results stored " + view);
        }
        if (Samples.isReversible(at.sample(), at.key())) {
            gradients(at, through, "gradients through " + view);
        }
    }

    /// A graph that reads what is stored through views and applies the operator.
    private record Through(Graph graph, List<Array> stored) {
        static Through of(Op op, View view, List<Array> operands) {
            List<Value> inputs = new ArrayList<>();
            List<Tensor> read = new ArrayList<>();
            List<Array> stored = new ArrayList<>();
            for (Array operand : operands) {
                Array inMemory = Array.of(view.store(operand));
                Value input = Value.input("x", inMemory.type());
                stored.add(inMemory);
                inputs.add(input);
                read.add(view.read(input, operand.type()));
            }
            return new Through(new Graph(inputs, Value.call(op, read)), stored);
        }
    }

    /// Behind the values, which are compared already, stand the gradients by what is stored.
    private static void gradients(LawCase at, Through through, String where) {
        Graph reverse = new Vjp().apply(through.graph);
        List<Array> arguments = new ArrayList<>(through.stored);
        List<TensorType> types = reverse.inputTypes();
        arguments.addAll(new Draw(at.key()).directions(types.subList(arguments.size(), types.size())));
        Optional<Condition> condition = condition(reverse, arguments, at);
        if (condition.isPresent()) {
            List<Array> found = Executable.compile(reverse, at.kernels()).run(arguments);
            for (int i = through.graph.outputs().size(); i < found.size(); i++) {
                Array expected = condition.get().results().get(i);
                condition.get().bounds().get(i).check(found.get(i), expected, where);
            }
        }
    }

    /// None if the numbers are refused: a matrix of equal rows has no inverse.
    private static Optional<Condition> condition(Graph graph, List<Array> arguments, LawCase at) {
        try {
            return Optional.of(Condition.at(Executable.compile(graph, Kernels.reference()), arguments, at.key()));
        } catch (FactorizationFailure e) {
            return Optional.empty();
        }
    }

    /// What the compiled graph of the operator and a view of its results gives, read again.
    private static List<Array> readBehind(LawCase at, View view, List<Array> operands) {
        Graph graph = Samples.graph(at.sample());
        List<Value> stored =
                graph.outputs().stream().map(view::store).map(Value::of).toList();
        List<Array> results = Executable.compile(new Graph(graph.inputs(), stored), at.kernels())
                .run(operands);
        List<Array> again = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            again.add(Array.of(view.read(results.get(i), graph.outputTypes().get(i))));
        }
        return again;
    }
}
