package dev.adjoint.onednn;

import dev.adjoint.compile.Cluster;
import dev.adjoint.onednn.RecurrentFactor.Way;
import dev.adjoint.onednn.Sequences.Rows;
import dev.adjoint.op.Op;
import dev.adjoint.op.composite.GruSequence;
import dev.adjoint.op.composite.GruSequenceGradient;
import dev.adjoint.op.composite.LstmSequence;
import dev.adjoint.op.composite.LstmSequenceGradient;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/// A recurrent network over time, or its way back: the weights are laid out once, then each thread takes blocks of sequences through
/// all steps.
final class SequenceKernel implements Kernel {
    private final Sequences of;
    private final Network network;
    private final Supplier<RecurrentFactor> factors;
    private final Workers workers;
    private final Queue<RecurrentFactor> idleFactors = new ConcurrentLinkedQueue<>();
    private final Queue<Steps> idle = new ConcurrentLinkedQueue<>();

    /// What one thread does with a block of sequences; it has memory of its own.
    interface Steps {
        /// Goes through all steps.
        void run(RecurrentFactor factor, Rows rows, float[][] inputs, float[][] outputs);
    }

    /// Which network it is.
    ///
    /// @param gates parts of the sums that the weights make
    /// @param way what the weights are multiplied with
    /// @param bias which operand is the bias; the weights where there is none
    /// @param reused which result may stand in the place of the first operand
    /// @param steps makes what a thread needs
    private record Network(int gates, Way way, int bias, int reused, Supplier<Steps> steps) {}

    private SequenceKernel(Gemm gemm, Sequences of, Network network, Workers workers) {
        this.of = of;
        this.network = network;
        this.workers = workers;
        this.factors = () -> new RecurrentFactor(gemm, of, network.gates, network.way);
        idleFactors.add(factors.get());
    }

    static boolean isSequence(Op op) {
        return op instanceof LstmSequence
                || op instanceof LstmSequenceGradient
                || op instanceof GruSequence
                || op instanceof GruSequenceGradient;
    }

    /// A kernel, or nothing where cotangents of the gates come in, or the library has no fast product.
    static Optional<Kernel> of(Cluster cluster, Gemm gemm, Workers workers) {
        List<TensorType> operands = cluster.inputTypes();
        Sequences of = Sequences.of(
                switch (cluster.op()) {
                    case LstmSequenceGradient _, GruSequenceGradient _ -> operands.get(3);
                    default -> cluster.outputTypes().getFirst();
                });
        Network network = switch (cluster.op()) {
            case LstmSequence _ -> new Network(4, Way.ADDING, 2, 2, () -> new LstmSteps(of));
            case LstmSequenceGradient _ -> new Network(4, Way.BACKWARD, 1, 0, () -> new LstmStepsBack(of));
            case GruSequence _ -> new Network(3, Way.FORWARD, 2, -1, () -> new GruSteps(of));
            default -> new Network(3, Way.BACKWARD, 1, -1, () -> new GruStepsBack(of));
        };
        int most = switch (cluster.op()) {
            case LstmSequenceGradient _ -> 6;
            default -> 5;
        };
        if (operands.size() > most) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SequenceKernel(gemm, of, network, workers));
        } catch (IllegalStateException refused) {
            return Optional.empty();
        }
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    public boolean mayOverwrite(int input, int output) {
        return input == 0 && output == network.reused;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        float[][] from = arrays(inputs);
        float[][] to = arrays(outputs);
        RecurrentFactor polled = idleFactors.poll();
        RecurrentFactor factor = polled == null ? factors.get() : polled;
        int wide = network.gates * of.width();
        factor.pack(from[1], of.width() * wide, from[network.bias], wide);
        workers.run(of.blocks(), block -> {
            Steps free = idle.poll();
            Steps steps = free == null ? network.steps.get() : free;
            steps.run(factor, of.block(block), from, to);
            idle.add(steps);
        });
        idleFactors.add(factor);
    }

    private static float[][] arrays(Elements[] elements) {
        float[][] arrays = new float[elements.length][];
        for (int i = 0; i < arrays.length; i++) {
            arrays[i] = (float[]) elements[i].array();
        }
        return arrays;
    }
}
