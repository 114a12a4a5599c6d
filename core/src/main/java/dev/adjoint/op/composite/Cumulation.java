package dev.adjoint.op.composite;

import dev.adjoint.op.Arity;
import dev.adjoint.op.DTypes;
import dev.adjoint.op.Op;
import dev.adjoint.op.source.Iota;
import dev.adjoint.tensor.*;
import java.util.*;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/// Running combinations along an axis: yᵢ = x₀ ∘ x₁ ∘ … ∘ xᵢ for an associative ∘, in 2·⌈log₂ n⌉ steps that apply ∘ about
/// 2n times (Blelloch 1990; `associative_scan` in JAX). Derivatives of every order follow from those of ∘.
final class Cumulation {
    private Cumulation() {}

    static List<TensorType> check(Op op, List<TensorType> operands, int axis, DTypes accepted) {
        check(op, operands, accepted);
        operands.getFirst().shape().axis(axis);
        return operands;
    }

    static void check(Op op, List<TensorType> operands, DTypes accepted) {
        Arity.check(op, operands, 1);
        TensorType x = operands.getFirst();
        if (!accepted.contains(x.dtype())) {
            throw new DTypeMismatch(
                    op.name(),
                    operands,
                    "defined for " + accepted.describe() + " only; convert with x.to(DType."
                            + (accepted == DTypes.FLOATING ? "F32" : "I32") + ")");
        }
    }

    static Tensor scan(Tensor x, int axis, BinaryOperator<Tensor> combine) {
        int along = x.shape().axis(axis);
        return scan(List.of(x), along, (a, b) -> List.of(combine.apply(a.getFirst(), b.getFirst())))
                .getFirst();
    }

    /// The same for elements made of several tensors of one shape.
    ///
    /// Neighbours are combined, and the half as many results scanned; these are every second result, and one more
    /// combination each gives those between.
    static List<Tensor> scan(List<Tensor> xs, int axis, BinaryOperator<List<Tensor>> combine) {
        long size = xs.getFirst().dim(axis);
        if (size < 2) {
            return xs;
        }
        List<Tensor> even = each(xs, x -> x.slice(axis, 0, size, 2));
        List<Tensor> odd = each(xs, x -> x.slice(axis, 1, size, 2));
        long pairs = size / 2;
        List<Tensor> second = scan(combine.apply(each(even, x -> x.slice(axis, 0, pairs)), odd), axis, combine);
        long rest = (size - 1) / 2;
        List<Tensor> later = each(even, x -> x.slice(axis, 1, rest + 1));
        List<Tensor> first = each(xs, x -> x.slice(axis, 0, 1));
        if (rest > 0) {
            first = join(axis, first, combine.apply(each(second, x -> x.slice(axis, 0, rest)), later));
        }
        return interleave(axis, first, second);
    }

    private static List<Tensor> each(List<Tensor> xs, UnaryOperator<Tensor> f) {
        return xs.stream().map(f).toList();
    }

    private static List<Tensor> join(int axis, List<Tensor> first, List<Tensor> second) {
        List<Tensor> joined = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            joined.add(Tensor.concat(axis, List.of(first.get(i), second.get(i))));
        }
        return joined;
    }

    /// The elements of both in turn; the first may have one more.
    private static List<Tensor> interleave(int axis, List<Tensor> first, List<Tensor> second) {
        List<Tensor> joined = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            Tensor x = first.get(i);
            Tensor y = second.get(i);
            long pairs = y.dim(axis);
            Tensor together = Tensor.stack(axis + 1, List.of(x.slice(axis, 0, pairs), y))
                    .reshape(x.shape().with(axis, 2 * pairs));
            boolean odd = x.dim(axis) > pairs;
            joined.add(odd ? Tensor.concat(axis, List.of(together, x.slice(axis, pairs, pairs + 1))) : together);
        }
        return joined;
    }

    /// Where the running extreme stands; at a tie, and among several NaN, the latest place.
    static Tensor places(Tensor x, int axis, BinaryOperator<Tensor> extreme) {
        Tensor still = x.stopGradient();
        Tensor reached = scan(still, axis, extreme);
        Tensor isNew = still.eq(reached).or(still.ne(still));
        Tensor numbers = x.create(new Iota(new TensorType(DType.I64, x.shape()), axis));
        return scan(isNew.where(numbers, numbers.zerosLike()), axis, Tensor::maximum);
    }
}
