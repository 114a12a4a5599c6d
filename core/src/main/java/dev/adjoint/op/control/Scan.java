package dev.adjoint.op.control;

import dev.adjoint.op.Body;
import dev.adjoint.op.Control;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;

/// A loop of known length: (cₜ₊₁, yₜ) = body(cₜ, xₜ, k) for t = 0 … length − 1.
///
/// Operands are the first carried values c₀, the scanned tensors x (axis 0 counts the steps), and the constants k; results
/// are the last carried values and the stacked y. The body takes c, one slice of each x, and k, and returns c and y.
///
/// @param body what is repeated
/// @param carries how many values are carried
/// @param scanned how many tensors are scanned
/// @param length how many steps there are
/// @param memory what reverse mode remembers of each step
public record Scan(Body body, int carries, int scanned, long length, Memory memory) implements Control {
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

    private TensorType stacked(TensorType slice) {
        return slice.withShape(slice.shape().prepend(length));
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
