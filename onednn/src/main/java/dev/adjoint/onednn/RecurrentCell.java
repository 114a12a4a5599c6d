package dev.adjoint.onednn;

import dev.adjoint.onednn.RecurrentWeights.Part;
import dev.adjoint.onednn.Sequences.Place;
import dev.adjoint.onednn.Sequences.Rows;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// What tells one recurrent network from another: how its weights stand in one matrix [RecurrentWeights], and the formulas of its gates.
interface RecurrentCell {
    /// Where the matrix holds weights.
    List<Part> parts(Sequences of);

    /// Writes the weights of inputs and states to their rows of the matrix.
    ///
    /// @param inputs of the operator, the weights `[I,…]` and `[H,…]` at 1 and 2
    void fill(float[][] inputs, Sequences of, MemorySegment plain);

    /// Writes the bias between the weights.
    void fillBias(float[][] inputs, Sequences of, MemorySegment plain);

    /// Takes the cotangents of weights and biases from where they stand in the matrix.
    void spread(MemorySegment plain, Sequences of, float[][] outputs);

    /// What one thread needs for the steps.
    Forward forward(Sequences of);

    /// What one thread needs for the steps of the way back.
    Back back(Sequences of);

    /// The steps of a block of sequences.
    interface Forward {
        /// Takes the states before the first step.
        void begin(Rows rows, float[][] inputs);

        /// The state hₜ₋₁ before a step, row by row.
        float[] hidden();

        /// From the sums of a step to its results.
        ///
        /// @param sums what the weights made
        void step(Rows rows, int step, Place sums, float[][] outputs);
    }

    /// The steps of the way back of a block of sequences.
    interface Back {
        /// From the cotangents of a step's results to those of its sums.
        ///
        /// @param sums where these go
        void step(Rows rows, int step, Place sums, float[][] inputs);

        /// What the step hands back to hₜ₋₁ beside what goes through the weights; that is added to it.
        float[] ofHidden();

        /// Begins at the last step.
        void begin(Rows rows, float[][] inputs);

        /// Writes the cotangents of the first states.
        void end(Rows rows, float[][] outputs);

        /// hₜ of all steps, `[N,T,H]`.
        float[] states(float[][] inputs);
    }
}
