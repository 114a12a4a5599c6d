package dev.adjoint.compile;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.contraction.Convolution;
import dev.adjoint.op.contraction.MatMul;
import dev.adjoint.op.elementwise.Add;
import dev.adjoint.op.elementwise.Relu;
import dev.adjoint.op.movement.Broadcast;
import dev.adjoint.op.movement.Permute;
import dev.adjoint.op.movement.Reshape;
import dev.adjoint.tensor.Shape;
import dev.adjoint.transform.ChannelsLast;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `y = x·W + b` or `y = max(x·W + b, 0)`: what is done with the result of a matrix product, or of a convolution, before
/// anybody reads it. The bias is the same for all rows, or for all images and places.
///
/// @param product the matrix product or the convolution, or the permutation that brings its channels to the end
/// @param sum of product and bias
/// @param bias one number for every column, or for every channel
/// @param result the sum, or its ramp
public record Epilogue(Value product, Value sum, Value bias, Value result) {
    /// The epilogue whose result a value is; nothing where it is none.
    static Optional<Epilogue> of(Value result) {
        Value sum = result.op() instanceof Relu ? result.input(0) : result;
        if (!(sum.op() instanceof Add)) {
            return Optional.empty();
        }
        Value left = sum.input(0);
        Value right = sum.input(1);
        return biased(left, sum, right, result).or(() -> biased(right, sum, left, result));
    }

    /// The epilogue that a cluster ends in, with a bias that it reads; nothing where it has none.
    public static Optional<Epilogue> of(Cluster cluster) {
        return of(cluster.graph().outputs().getFirst()).filter(found -> found.bias.isInput());
    }

    private static Optional<Epilogue> biased(Value summand, Value sum, Value bias, Value result) {
        Value product = summand.op() instanceof Reshape ? summand.input(0) : summand;
        int axis = channelAxis(product);
        if (axis < 0 || !summand.shape().equals(sum.shape()) || !keepsColumns(product, axis, summand)) {
            return Optional.empty();
        }
        int along = axis + summand.rank() - product.rank();
        return isAlong(bias, summand, along) ? Optional.of(new Epilogue(product, sum, bias, result)) : Optional.empty();
    }

    /// Whether the last axis of a reshaped product still holds its columns.
    private static boolean keepsColumns(Value product, int axis, Value summand) {
        return product.equals(summand)
                || (axis == product.rank() - 1 && summand.rank() > 0 && summand.dim(-1) == product.dim(-1));
    }

    /// The axis of the columns or channels of a product; negative where there is none.
    private static int channelAxis(Value product) {
        return switch (product.op()) {
            case MatMul _ -> product.rank() - 1;
            case Convolution _ -> 1;
            case Permute(var order)
            when product.input(0).op() instanceof Convolution && order.equals(ChannelsLast.toLast(product.rank())) ->
                product.rank() - 1;
            case null, default -> -1;
        };
    }

    /// Whether a value has one number for every place along an axis of another, and is stored as one row.
    private static boolean isAlong(Value bias, Value other, int axis) {
        if (bias.rank() > other.rank() || bias.op() instanceof Permute || bias.op() instanceof Broadcast) {
            return false;
        }
        Shape padded = bias.shape().padded(other.rank());
        return padded.dim(axis) == padded.count() && padded.dim(axis) == other.dim(axis);
    }

    /// Whether the result is the ramp of the sum.
    public boolean isRamp() {
        return !result.equals(sum);
    }

    /// What is done after the product: a cluster of the product's result, in the shape of the sum, and the bias.
    public Cluster alone() {
        Value product = Value.input("x", sum.type());
        Value row = Value.input("b", bias.type());
        Value biased = Value.of(product.add(row));
        Value last = isRamp() ? Value.of(biased.relu()) : biased;
        return new Cluster(new Graph(List.of(product, row), List.of(last)));
    }

    /// The epilogue of a sum in a graph, if nobody but it reads the product: with the ramp if nobody but that reads the sum.
    static Optional<Epilogue> in(Calls calls, Value sum) {
        return of(sum).filter(found -> calls.onlyReader(found.product).equals(Optional.of(sum)))
                .map(found -> calls.onlyReader(sum)
                        .filter(reader ->
                                reader.op() instanceof Relu && reader.input(0).equals(sum))
                        .map(ramp -> new Epilogue(found.product, sum, found.bias, ramp))
                        .orElse(found));
    }

    /// Its own calls, in order.
    List<Value> calls() {
        List<Value> calls = new ArrayList<>(List.of(sum));
        if (isRamp()) {
            calls.add(result);
        }
        return calls;
    }
}
