package dev.adjoint.op;

import dev.adjoint.op.composite.*;
import dev.adjoint.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// Operators that are made of others. Value, derivative and batching follow from the expansion; a backend may still run
/// the whole as one kernel.
public sealed interface Composite extends Op
        permits Mean,
                Variance,
                Prod,
                LogSumExp,
                Softmax,
                Gelu,
                GeluTanh,
                LogSoftmax,
                CrossEntropy,
                OneHot,
                MaxPool,
                MaxPoolGradient,
                AveragePool,
                MaskedSoftmax,
                Standardize,
                LayerNorm,
                LayerNormGradient,
                GroupNorm,
                RmsNorm,
                BatchNorm,
                BatchNormTraining,
                ChannelNorm,
                LocalResponseNorm,
                Attention,
                AttentionGradient,
                RnnCell,
                GruCell,
                LstmCell,
                LstmSequence,
                LstmSequenceGradient,
                GruSequence,
                GruSequenceGradient,
                CumSum,
                CumProd,
                CumMax,
                CumMin,
                CumArgMax,
                CumArgMin,
                LogCumSumExp,
                Sort,
                Median,
                Quantile,
                Norm {
    /// The result in terms of other operators; of a composite with several results, the first.
    Tensor expand(List<Tensor> operands);

    /// All results in terms of other operators, for composites that have more than one.
    default List<Tensor> expandAll(List<Tensor> operands) {
        return List.of(expand(operands));
    }

    /// A reverse rule that is better than the expansion's, if there is one; the laws compare the two. Only composites with a
    /// single result state this one, or the other if they find the cotangents of all operands at once.
    default Optional<Tensor> vjp(Call call, int operand, Tensor cotangent) {
        return Optional.empty();
    }

    /// All results for operands of which some have a batch axis in front, with that axis in front of them, if the composite can
    /// stay whole; else the expansion is batched. What operands are mapped makes no difference to whether it can.
    default Optional<List<Tensor>> batch(Batched operands) {
        return Optional.empty();
    }

    /// As [#vjp(Call, int, Tensor)], of all floating operands at once.
    ///
    /// @param cotangents those that arrived, by the result they belong to; at least one
    default Optional<List<Tensor>> vjp(Call call, SortedMap<Integer, Tensor> cotangents) {
        return Optional.empty();
    }
}
