package dev.adjoint.graph;

import dev.adjoint.op.Call;
import dev.adjoint.op.Op;
import dev.adjoint.op.Source;
import dev.adjoint.op.control.Scan;
import dev.adjoint.op.source.Constant;
import dev.adjoint.op.source.Input;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.NotComputed;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A tensor that a graph will compute: one result of one call of an operator. Two values are never equal.
public final class Value implements Tensor {
    private final Call call;
    private final int index;
    private final TensorType type;
    private final List<Value> inputs;
    private final Origin origin;

    private Value(Call call, int index, TensorType type, List<Value> inputs, Origin origin) {
        this.call = call;
        this.index = index;
        this.type = type;
        this.inputs = inputs;
        this.origin = origin;
    }

    /// A new argument.
    public static Value input(String label, TensorType type) {
        return call(new Input(label, type), List.of()).getFirst();
    }

    /// Records the application of an operator; tensors in memory become constants.
    public static List<Value> call(Op op, List<? extends Tensor> operands) {
        return call(op, operands, op instanceof Source ? Origin.UNKNOWN : Origin.here());
    }

    /// Records the application of an operator that somebody else asked for.
    public static List<Value> call(Op op, List<? extends Tensor> operands, Origin origin) {
        List<Value> inputs = operands.stream().map(Value::of).toList();
        List<TensorType> types = infer(op, inputs.stream().map(Value::type).toList());
        List<Value> results = new ArrayList<>();
        var _ = new Call(recorded(op), inputs, call -> {
            for (int i = 0; i < types.size(); i++) {
                results.add(new Value(call, i, types.get(i), inputs, origin));
            }
            return results;
        });
        return List.copyOf(results);
    }

    /// The operator with a body that is a graph, as everybody takes it: those that operators state are formulas.
    private static Op recorded(Op op) {
        return op instanceof Scan(var body, int carries, int scanned, var steps)
                ? new Scan(Graph.of(body), carries, scanned, steps)
                : op;
    }

    /// The types of the results. What shapes and axes complain about by themselves is told with the operator and its operands.
    private static List<TensorType> infer(Op op, List<TensorType> operands) {
        try {
            return op.infer(operands);
        } catch (InvalidArgument e) {
            if (e.getMessage().startsWith(op.name())) {
                throw e;
            }
            String types = operands.stream().map(TensorType::toString).collect(Collectors.joining(" and "));
            throw new InvalidArgument(Stream.of(op.name(), types, e.getMessage())
                    .filter(part -> !part.isEmpty())
                    .collect(Collectors.joining(": ")));
        }
    }

    /// The tensor as a value: itself, or a constant that holds its numbers.
    public static Value of(Tensor tensor) {
        return tensor instanceof Value value
                ? value
                : call(new Constant(tensor.type(), tensor.elements()), List.of())
                        .getFirst();
    }

    @Override
    public List<Tensor> apply(Op op, List<? extends Tensor> operands) {
        return List.copyOf(call(op, operands));
    }

    @Override
    public TensorType type() {
        return type;
    }

    public Op op() {
        return call.op();
    }

    /// The call that this is a result of.
    public Call call() {
        return call;
    }

    /// Which result of the call this is, from 0.
    public int index() {
        return index;
    }

    /// The operands of the call.
    public List<Value> inputs() {
        return inputs;
    }

    /// Where the value comes from.
    public Origin origin() {
        return origin;
    }

    /// The operator and where it comes from: `log at Model.java:42`, `div in the backward of log at Model.java:42`.
    public String describe() {
        return origin.describe(this);
    }

    public Value input(int operand) {
        return inputs.get(operand);
    }

    public boolean isInput() {
        return op() instanceof Input;
    }

    /// The numbers, if the value is a constant.
    @Override
    public Elements elements() {
        if (op() instanceof Constant constant) {
            return constant.elements();
        }
        throw new NotComputed("the numbers of " + this + " are not known while a function is traced; return the tensor"
                + " and read it from the result");
    }

    @Override
    public String toString() {
        return (op() instanceof Input input ? input.label() : op().name()) + ": " + type;
    }
}
