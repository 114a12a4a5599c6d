package dev.adjoint.cli.training;

import dev.adjoint.train.optimizer.Optimizers;
import dev.adjoint.train.optimizer.Schedules;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Everything that can be set of a training. The flags of `adjoint train`, the keys of its files of settings and the texts
/// in its checkpoints are this one list.
public enum Setting {
    MODEL("model", Kind.TEXT, Role.RESULT, "M", "A network, see 'adjoint models'; with sizes: gpt,layers=4,width=128."),
    DATA(
            "data",
            Kind.TEXT,
            Role.RESULT,
            "D",
            "A name from 'adjoint data list', csv:FILE, idx:FOLDER, images:FOLDER or text:FILE."),
    OPTIMIZER("optimizer", Kind.TEXT, Role.RESULT, "O", "An optimiser; with settings: adamw,beta2=0.95."),
    SCHEDULE("schedule", Kind.TEXT, Role.RESULT, "S", "A schedule of rates; with settings: cosine,warmup=100."),
    LR("lr", Kind.POSITIVE, Role.RESULT, "RATE", "The largest learning rate."),
    EPOCHS("epochs", Kind.COUNT, Role.LENGTH, "N", "How often every example is seen."),
    BATCH("batch", Kind.COUNT, Role.RESULT, "N", "Examples per step."),
    SEED("seed", Kind.WHOLE, Role.RESULT, "S", "What all random numbers come from."),
    WEIGHT_DECAY("weight-decay", Kind.NOT_NEGATIVE, Role.RESULT, "X", "Pull of the weights towards 0."),
    CLIP_NORM(
            "clip-norm",
            Kind.NOT_NEGATIVE,
            Role.RESULT,
            "X",
            "Limit of the norm of all gradients together; 0 for none."),
    ACCUMULATE("accumulate", Kind.COUNT, Role.RESULT, "N", "Batches whose gradients make one step of the optimiser."),
    EMA("ema", Kind.SHARE, Role.RESULT, "X", "Keeps a moving average of the weights with this decay; 0 for none."),
    PRECISION("precision", Kind.PRECISION, Role.RESULT, "P", "f32, or bf16 for mixed precision."),
    AUGMENT(
            "augment",
            Kind.TEXT,
            Role.RESULT,
            "A",
            "Random changes of training images: flip, shift=2, rotate=10, scale=0.1, erase=0.5, jitter=0.2; or none."),
    PATIENCE(
            "patience",
            Kind.COUNT,
            Role.RESULT,
            "N",
            "Stops after N epochs without a smaller test loss; the best weights are kept."),
    TEST(
            "test",
            Kind.HELD_OUT,
            Role.RESULT,
            "T",
            "What is held out: a share of every class, 0.2, or the last examples, last:1500 (default: the files' own test"
                    + " part, or 0.2; text: 0.1)."),
    SKIP_CORRUPT(
            "skip-corrupt",
            Kind.FLAG,
            Role.RESULT,
            "",
            "Leaves out images that cannot be read, and says which; without it they end the run."),
    FOLDS("folds", Kind.COUNT, Role.MANNER, "K", "Cross-validates on K folds instead of leaving a run."),
    THREADS("threads", Kind.WHOLE, Role.MANNER, "N", "Threads (default: all processors)."),
    OUT("out", Kind.TEXT, Role.MANNER, "DIR", "The folder (default: runs/MODEL-DATA)."),
    CHECKPOINT_STEPS(
            "checkpoint-steps",
            Kind.COUNT,
            Role.MANNER,
            "N",
            "Steps between checkpoints, beside the one after every epoch."),
    CHECKPOINT_MINUTES(
            "checkpoint-minutes",
            Kind.POSITIVE,
            Role.MANNER,
            "X",
            "Minutes between checkpoints, beside the one after every epoch."),
    KEEP("keep", Kind.COUNT, Role.MANNER, "N", "How many of the last checkpoints are kept (default: 2)."),
    TENSORBOARD(
            "tensorboard",
            Kind.FLAG,
            Role.MANNER,
            "",
            "Also writes events/ for TensorBoard: the loss of every step, the figures of every epoch.");

    /// What a setting decides.
    public enum Role {
        /// The weights; a resumed run has the same.
        RESULT,
        /// How long the run goes on; a resumed run may have another.
        LENGTH,
        /// How the run is done, which its files do not tell.
        MANNER
    }

    private final String label;
    private final Kind kind;
    private final Role role;
    private final String parameter;
    private final String meaning;

    Setting(String label, Kind kind, Role role, String parameter, String meaning) {
        this.label = label;
        this.kind = kind;
        this.role = role;
        this.parameter = parameter;
        this.meaning = meaning;
    }

    /// Its name in files; the flag has two dashes before it.
    public String label() {
        return label;
    }

    /// What its text can be.
    public Kind kind() {
        return kind;
    }

    /// What it decides.
    public Role role() {
        return role;
    }

    /// What stands for its text in help.
    public String parameter() {
        return parameter;
    }

    /// What it is, for help, with what it usually is.
    public String meaning() {
        String usual = Usual.all(this);
        return usual.isEmpty() ? meaning : meaning.replaceFirst("\\.$", "") + " (default: " + usual + ").";
    }

    /// The names that can stand in its place, where there is a list of them.
    public List<String> names() {
        return switch (this) {
            case MODEL -> Plan.names();
            case OPTIMIZER ->
                Stream.of(Optimizers.values()).map(Optimizers::label).toList();
            case SCHEDULE -> Stream.of(Schedules.values()).map(Schedules::label).toList();
            case PRECISION -> List.of("f32", "bf16");
            default -> List.of();
        };
    }

    /// The setting of this name.
    public static Optional<Setting> named(String label) {
        return Stream.of(values()).filter(s -> s.label.equals(label)).findFirst();
    }
}
