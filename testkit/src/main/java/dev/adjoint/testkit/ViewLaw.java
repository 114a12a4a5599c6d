package dev.adjoint.testkit;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Sample;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.FactorizationFailure;
import dev.adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// It makes no difference how operands lie in memory and how results are read: whatever the compiler makes of movements
/// before and behind an operator, it gives what the operator gives alone.
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
        Executable alone = Executable.compile(Samples.graph(at.sample()), Kernels.reference());
        Condition condition;
        try {
            condition = Condition.at(alone, operands, at.key());
        } catch (FactorizationFailure repeatedRows) {
            return;
        }
        List<Array> eager =
                TypeLaw.eager(at.sample(), operands).stream().map(Array::of).toList();
        condition.check(at, eager, "eager");
        condition.check(at, through(at, view, operands), "operands seen " + view);
        if (view != View.REPEATED) {
            condition.check(at, readBehind(at, view, operands), "results stored " + view);
        }
    }

    /// What the compiled graph of views and the operator gives.
    private static List<Array> through(LawCase at, View view, List<Array> operands) {
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
        Graph graph = new Graph(inputs, Value.call(at.sample().op(), read));
        return Executable.compile(graph, at.kernels()).run(stored);
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
