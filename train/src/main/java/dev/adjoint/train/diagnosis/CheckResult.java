package dev.adjoint.train.diagnosis;

import java.util.List;

/// What a check found.
public interface CheckResult {
    /// What was checked, in a few words: `initial loss`.
    String check();

    Verdict verdict();

    /// The finding in one sentence, with its numbers.
    String summary();

    /// What to try, the likeliest first; nothing if all is fine.
    List<String> advice();

    /// The figures behind the verdict, in tables.
    List<Figures> figures();

    /// The result in lines: the verdict, the finding, what to try.
    default String text() {
        StringBuilder text = new StringBuilder(check() + ": " + verdict() + "\n  " + summary());
        advice().forEach(line -> text.append("\n  try: ").append(line));
        return text.toString();
    }
}
