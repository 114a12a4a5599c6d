package dev.adjoint.jvm;

import dev.adjoint.op.Factorization;
import dev.adjoint.op.linalg.MatrixCall;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.TensorType;
import java.util.Arrays;
import java.util.List;

/// The matrices of a batch on several threads, each by the operator's own algorithm.
final class FactorizationKernel implements Kernel {
    private final Factorization op;
    private final List<TensorType> in;
    private final List<TensorType> out;
    private final int batch;
    private final Workers workers;

    FactorizationKernel(Factorization op, List<TensorType> in, List<TensorType> out, Workers workers) {
        this.op = op;
        this.in = in;
        this.out = out;
        this.batch = (int) in.getFirst().shape().leading(op.axes()).count();
        this.workers = workers;
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        var results = new MatrixCall.Results(out, Arrays.asList(outputs));
        List<Elements> operands = Arrays.asList(inputs);
        workers.run(batch, place -> MatrixCall.run(op, in, place, operands, results));
    }
}
