package dev.adjoint.train.optimizer;

import dev.adjoint.train.optimizer.Settings.Setting;
import java.util.List;

/// What can stand around every optimiser that is chosen by name, in this order: clipping, L1, L2 (or, where the optimiser
/// decouples it, the decay inside it), the optimiser, lookahead, the average of the weights; accumulation around all.
final class Surroundings {
    static final String DECAY = "weight-decay";

    static final List<Setting> SETTINGS = List.of(
            new Setting(DECAY, "0", "weight decay; decoupled for adamw, lion, lamb and muon"),
            new Setting("l1", "0", "factor of the sum of absolute weights"),
            new Setting("clip-value", "0", "limit of every partial derivative; 0 for none"),
            new Setting("clip-norm", "0", "limit of the norm of all gradients together; 0 for none"),
            new Setting("lookahead", "0", "steps ahead before the slow weights follow half-way; 0 for none"),
            new Setting("accumulate", "1", "batches for one step"),
            new Setting("average", "0", "decay of a moving average of the weights; 0 for none"));

    private Surroundings() {}

    static Optimizer around(Optimizer inner, Optimizers kind, Settings s) {
        Optimizer result = inner;
        if (!kind.isDecoupled() && s.number(DECAY) != 0) {
            result = WeightDecay.of(s.number(DECAY)).then(result);
        }
        if (s.number("l1") != 0) {
            result = new L1(s.number("l1")).then(result);
        }
        if (s.number("clip-norm") != 0) {
            result = new ClipByGlobalNorm(s.number("clip-norm")).then(result);
        }
        if (s.number("clip-value") != 0) {
            result = new ClipByValue(s.number("clip-value")).then(result);
        }
        if (s.count("lookahead") != 0) {
            result = new Lookahead(result, s.count("lookahead"), 0.5);
        }
        if (s.number("average") != 0) {
            result = result.then(new WeightAverage(s.number("average")));
        }
        return s.count("accumulate") == 1 ? result : new Accumulate(s.count("accumulate"), result);
    }
}
