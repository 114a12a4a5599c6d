package dev.adjoint.cli;

import dev.adjoint.cli.expression.Formula;
import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Binary;
import dev.adjoint.op.Call;
import dev.adjoint.op.Catalog;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Contraction;
import dev.adjoint.op.Control;
import dev.adjoint.op.CustomOp;
import dev.adjoint.op.Factorization;
import dev.adjoint.op.Indexing;
import dev.adjoint.op.Movement;
import dev.adjoint.op.Op;
import dev.adjoint.op.Reduction;
import dev.adjoint.op.Select;
import dev.adjoint.op.Source;
import dev.adjoint.op.Unary;
import dev.adjoint.op.source.Input;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.transform.ControlSamples;
import dev.adjoint.transform.Simplify;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A row of the operator table.
///
/// @param name the printed name
/// @param family the family
/// @param formula the result
/// @param derivative the derivative, or where it comes from; empty if there is none
/// @param withoutDerivative why there is none; empty if there is one
record OperatorFacts(String name, String family, String formula, String derivative, String withoutDerivative) {
    /// The table of all operators, family by family.
    static List<OperatorFacts> all() {
        return Catalog.operators().stream().map(OperatorFacts::of).toList();
    }

    /// The derivative of every operator, or why there is none.
    static Map<Class<? extends Op>, String> derivatives() {
        return Catalog.operators().stream()
                .collect(Collectors.toMap(type -> type, type -> of(type).derivativeOrReason()));
    }

    /// The derivative, or why there is none.
    String derivativeOrReason() {
        return derivative.isEmpty() ? "none: " + withoutDerivative : derivative;
    }

    private static OperatorFacts of(Class<? extends Op> type) {
        // An input cannot be sampled: its numbers are the caller's.
        Op op = type == Input.class
                ? new Input("x", TensorType.of(DType.F64))
                : Stream.concat(Catalog.samples(type).stream(), ControlSamples.of(type).stream())
                        .findFirst()
                        .orElseThrow()
                        .op();
        String reason = op.withoutDerivative();
        String derivative = reason.isEmpty() ? derivative(op) : "";
        return new OperatorFacts(op.name(), Catalog.family(type), op.formula(), derivative, reason);
    }

    private static String derivative(Op op) {
        return switch (op) {
            case Unary unary -> derivative(unary);
            case Binary binary -> derivative(binary);
            case Select _ -> "1 where taken, else 0";
            case Reduction _ -> "partial of every element";
            case Contraction _ -> "product rule, transposes";
            case Movement _, Indexing _ -> "its transpose";
            case Factorization factorization -> factorization.derivative();
            case Composite _ -> "of its expansion";
            case Source _ -> "0";
            case CustomOp _ -> "its own";
            case Control _ -> "of its bodies";
        };
    }

    /// The derivative as the operator states it, recorded for an x and its y.
    private static String derivative(Unary op) {
        Value x = scalar("x");
        return formula(op.derivative(x, scalar("y")));
    }

    private static String derivative(Binary op) {
        Call call = new Call(op, List.of(scalar("x"), scalar("y")), _ -> List.of(scalar("z")));
        return "∂x: " + formula(op.left(call)) + "; ∂y: " + formula(op.right(call));
    }

    private static Value scalar(String label) {
        return Value.input(label, TensorType.of(DType.F64));
    }

    private static String formula(Tensor tensor) {
        Graph simple = new Simplify().apply(new Graph(List.of(), List.of(Value.of(tensor))));
        return Formula.of(simple.outputs().getFirst());
    }
}
