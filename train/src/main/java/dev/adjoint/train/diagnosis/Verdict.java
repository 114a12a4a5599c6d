package dev.adjoint.train.diagnosis;

import java.util.Comparator;
import java.util.stream.Stream;

/// How serious a finding is, from harmless to serious.
public enum Verdict {
    FINE("fine"),
    WORTH_A_LOOK("worth a look"),
    BROKEN("broken");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    /// The most serious of some verdicts, [#FINE] if there are none.
    public static Verdict worst(Stream<Verdict> verdicts) {
        return verdicts.max(Comparator.naturalOrder()).orElse(FINE);
    }

    @Override
    public String toString() {
        return words;
    }
}
