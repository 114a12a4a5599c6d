package dev.adjoint.onednn;

import dev.adjoint.compile.Cluster;
import dev.adjoint.compile.Epilogue;
import dev.adjoint.graph.Value;
import dev.adjoint.onednn.Gemm.Extents;
import dev.adjoint.op.movement.Permute;
import dev.adjoint.tensor.Shape;
import java.util.Optional;

/// The products of matrices of a cluster, how their operands are stored, and what is done with the results before they are
/// written: a cluster of a product alone, or with permutations that its operands are read through, and perhaps with an
/// epilogue.
///
/// @param left the operand on the left
/// @param right the operand on the right
/// @param extents of one product
/// @param batch how many there are, along each of their axes
/// @param bias which input is added to each row of the results; negative for none
/// @param isRamp whether the ramp of that is the result
record ProductCluster(MatrixOperand left, MatrixOperand right, Extents extents, Shape batch, int bias, boolean isRamp) {
    /// The products of a cluster; nothing where an operand's matrices are stored neither by rows nor by columns. Products whose
    /// batches share the right factor are one.
    static Optional<ProductCluster> of(Cluster cluster) {
        Optional<Epilogue> epilogue = Epilogue.of(cluster);
        Value output = cluster.graph().outputs().getFirst();
        Value product = epilogue.map(Epilogue::product).orElse(output);
        Shape outer = product.shape().leading(2);
        if (!product.inputs().stream().allMatch(ProductCluster::isView)) {
            return Optional.empty();
        }
        Extents extents =
                new Extents(product.dim(-2), product.dim(-1), product.input(0).dim(-1));
        int bias = epilogue.map(found -> cluster.graph().inputs().indexOf(found.bias()))
                .orElse(-1);
        boolean isRamp = epilogue.filter(Epilogue::isRamp).isPresent();
        return MatrixOperand.of(cluster, product.input(0), outer)
                .flatMap(left -> MatrixOperand.of(cluster, product.input(1), outer)
                        .map(right -> new ProductCluster(left, right, extents, outer, bias, isRamp).joined()));
    }

    private static boolean isView(Value operand) {
        return operand.isInput()
                || (operand.op() instanceof Permute && operand.input(0).isInput());
    }

    /// One product of all rows, where these lie one below the other and the right factor is the same.
    private ProductCluster joined() {
        if (!right.isSingle() || !left.isOneBelowTheOther(extents.rows(), batch)) {
            return this;
        }
        Extents all = new Extents(extents.rows() * batch.count(), extents.columns(), extents.depth());
        return new ProductCluster(left.alone(), right.alone(), all, Shape.of(), bias, isRamp);
    }

    boolean isBiased() {
        return bias >= 0;
    }
}
