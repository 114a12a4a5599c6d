package dev.adjoint.train.optimizer;

import dev.adjoint.tensor.Tensor;
import java.util.List;
import java.util.Map;

/// AMSGrad: [Adam] whose steps never grow back: u ← max(u, v), w ← w − η·m̂/(√û + ε) with û = u/(1−β₂ᵗ).
///
/// Source: Reddi, Kale, Kumar, "On the convergence of Adam and beyond", ICLR 2018. As in PyTorch's
/// `torch.optim.Adam(amsgrad=True)` the maximum is taken of the means before their correction.
///
/// @param adam η, β₁, β₂ and ε
public record AmsGrad(Adam adam) implements PerTensor {
    /// A constant rate; β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸.
    public static AmsGrad of(double rate) {
        return new AmsGrad(Adam.of(rate));
    }

    @Override
    public List<String> slots() {
        return List.of("mean", "square", "largest");
    }

    @Override
    public Change change(Weight w) {
        Tensor m = Moments.mean(w.slot("mean"), adam.meanDecay(), w.gradient());
        Tensor v =
                Moments.mean(w.slot("square"), adam.squareDecay(), w.gradient().square());
        Tensor largest = w.slot("largest").maximum(v);
        return new Change(adam.descent(w, m, largest), Map.of("mean", m, "square", v, "largest", largest));
    }
}
