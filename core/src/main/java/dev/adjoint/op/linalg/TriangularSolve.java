package dev.adjoint.op.linalg;

import dev.adjoint.op.Batched;
import dev.adjoint.op.Call;
import dev.adjoint.op.Factorization;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Tangents;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.Optional;

/// The solution of a triangular system: T·X = B or Tᵀ·X = B, where T is one triangle of A.
///
/// `[…,n,n]` and `[…,n,k]` give `[…,n,k]`; leading axes are equal. The other triangle of A is not read. Refused if the
/// diagonal has a 0. Derivative: dX = T⁻¹·(dB − dT·X). Source: Giles, "Collected matrix derivative results", 2008.
///
/// @param triangle the triangle of A that is read
/// @param form whether it is transposed
public record TriangularSolve(Triangle triangle, Form form) implements Factorization {
    /// A triangle of a matrix, with its diagonal.
    public enum Triangle {
        /// What stands below the diagonal and on it.
        LOWER,
        /// What stands above the diagonal and on it.
        UPPER
    }

    /// How a matrix stands in an equation.
    public enum Form {
        /// As it is: T·X = B.
        PLAIN,
        /// Transposed: Tᵀ·X = B.
        TRANSPOSED
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return List.of(MatrixLaw.system(this, operands));
    }

    @Override
    public void compute(MatrixCall call) {
        Matrix x = call.out();
        x.assign(call.b());
        boolean downwards = (triangle == Triangle.LOWER) == (form == Form.PLAIN);
        for (int step = 0; step < x.rows(); step++) {
            int i = downwards ? step : x.rows() - 1 - step;
            for (int before = 0; before < step; before++) {
                int j = downwards ? before : x.rows() - 1 - before;
                double factor =
                        form == Form.PLAIN ? call.a().get(i, j) : call.a().get(j, i);
                if (factor != 0) {
                    x.addScaled(i, -factor, x, j);
                }
            }
            if (call.a().get(i, i) == 0) {
                throw call.singular(i);
            }
            LuFactors.divideRow(x, i, call.a().get(i, i));
        }
    }

    @Override
    public List<Tensor> jvp(Call call, Tangents tangents) {
        Tensor right = tangents.of(1);
        if (tangents.moves(0)) {
            Tensor part = triangle(tangents.of(0));
            Tensor turned = form == Form.PLAIN ? part : part.mT();
            Tensor product = turned.matmul(call.out());
            right = tangents.moves(1) ? right.sub(product) : product.neg();
        }
        return List.of(call.x().triangularSolve(right, triangle, form));
    }

    private Tensor triangle(Tensor a) {
        return triangle == Triangle.LOWER ? a.tril(0) : a.triu(0);
    }

    @Override
    public Optional<Tensor> vjp(Call call, int operand, Tensor cotangent) {
        Form other = form == Form.PLAIN ? Form.TRANSPOSED : Form.PLAIN;
        return operand == 1 ? Optional.of(call.x().triangularSolve(cotangent, triangle, other)) : Optional.empty();
    }

    @Override
    public List<Tensor> batch(Batched operands) {
        return RightSides.batch(this, operands);
    }

    @Override
    public String derivative() {
        return form == Form.PLAIN ? "dX = T⁻¹·(dB − dT·X)" : "dX = T⁻ᵀ·(dB − dTᵀ·X)";
    }

    @Override
    public String formula() {
        return form == Form.PLAIN ? "X = T⁻¹·B" : "X = T⁻ᵀ·B";
    }

    public static List<Sample> samples() {
        return List.of(
                of(Triangle.LOWER, Form.PLAIN).matrix(2, 2).normal(2, 1),
                of(Triangle.UPPER, Form.PLAIN).matrix(3, 3).normal(3, 2),
                of(Triangle.LOWER, Form.TRANSPOSED).matrix(2, 3, 3).normal(2, 3, 2),
                of(Triangle.UPPER, Form.TRANSPOSED).matrix(1, 1).normal(1, 3),
                of(Triangle.UPPER, Form.PLAIN).matrix(0, 2, 2).normal(0, 2, 1));
    }

    private static Sample of(Triangle triangle, Form form) {
        return Sample.of(new TriangularSolve(triangle, form));
    }
}
