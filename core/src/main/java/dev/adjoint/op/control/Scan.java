package dev.adjoint.op.control;

import dev.adjoint.op.Body;
import dev.adjoint.op.Control;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/// A loop of known length: (cₜ₊₁, yₜ) = body(cₜ, xₜ, k) for t = 0 … length − 1, or from the last t to the first.
///
/// Operands are the first carried values c₀, the scanned tensors x (axis 0 counts the steps), and the constants k; results
/// are the last carried values and the stacked y. The body takes c, one slice of each x, and k, and returns c and y.
///
/// @param body what is repeated
/// @param carries how many values are carried
/// @param scanned how many tensors are scanned
/// @param steps how many steps there are, in which order, and what is remembered of them
public record Scan(Body body, int carries, int scanned, Steps steps) implements Control {
    /// The steps of a scan.
    ///
    /// @param length how many there are
    /// @param order which is the first
    /// @param memory what reverse mode remembers of each step
    public record Steps(long length, Order order, Memory memory) {
        /// From step 0 on.
        public static Steps forward(long length, Memory memory) {
            return new Steps(length, Order.FORWARD, memory);
        }

        /// The places along the scanned tensors in the order in which they are visited.
        public List<Long> places() {
            List<Long> places = LongStream.range(0, length).boxed().toList();
            return order == Order.FORWARD ? places : places.reversed();
        }

        /// The same steps from the other end.
        public Steps reversed() {
            return new Steps(length, order == Order.FORWARD ? Order.BACKWARD : Order.FORWARD, memory);
        }
    }

    /// From which end of the scanned tensors the steps go.
    public enum Order {
        /// Step 0 is the first.
        FORWARD,
        /// Step 0 is the last.
        BACKWARD
    }

    /// What reverse mode remembers of each step.
    public enum Memory {
        /// Every value of the body that the backward pass reads.
        KEEP,
        /// The carried values alone; the body runs once more in the backward pass.
        RECOMPUTE
    }

    public Scan {
        List<TensorType> in = body.inputTypes();
        List<TensorType> out = body.outputTypes();
        if (out.size() < carries || !out.subList(0, carries).equals(in.subList(0, carries))) {
            throw new InvalidArgument("scan: the body must return the carried values with the types it takes: "
                    + in.subList(0, carries) + ", not " + out);
        }
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        List<TensorType> wanted = new ArrayList<>(body.inputTypes());
        for (int i = carries; i < carries + scanned; i++) {
            wanted.set(i, stacked(wanted.get(i)));
        }
        if (!operands.equals(wanted)) {
            throw new InvalidArgument("scan: takes " + wanted + ", not " + operands);
        }
        List<TensorType> results = new ArrayList<>(body.outputTypes());
        for (int i = carries; i < results.size(); i++) {
            results.set(i, stacked(results.get(i)));
        }
        return results;
    }

    /// The number of steps.
    public long length() {
        return steps.length();
    }

    private TensorType stacked(TensorType slice) {
        return slice.withShape(slice.shape().prepend(length()));
    }

    @Override
    public String formula() {
        return "(cₜ₊₁, yₜ) = body(cₜ, xₜ, k)";
    }

    @Override
    public String onnx() {
        return "Scan";
    }
}
