package dev.adjoint.testkit;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What a comparison of gradients found.
///
/// @param order the order of the derivative
/// @param seed what cotangents and directions were drawn with
/// @param tolerance the allowed relative error
/// @param reverse every entry of the gradient, by reverse mode
/// @param forward the derivative along one random direction, by forward mode
public record GradientReport(
        int order, long seed, double tolerance, List<GradientEntry> reverse, GradientEntry forward) {
    private static final int SHOWN = 8;

    public GradientReport {
        reverse = List.copyOf(reverse);
    }

    /// The entries that lie at a kink, where differences say nothing.
    public List<GradientEntry> kinks() {
        return reverse.stream().filter(this::isAtKink).toList();
    }

    private boolean isAtKink(GradientEntry entry) {
        return !(entry.relativeError() <= tolerance) && entry.isKink();
    }

    /// The entries that are wrong, the worst first.
    public List<GradientEntry> wrong() {
        return reverse.stream()
                .filter(e -> e.isWrong(tolerance))
                .sorted(Comparator.comparingDouble(GradientEntry::relativeError).reversed())
                .toList();
    }

    /// The largest relative error of both modes, kinks left out.
    public double worst() {
        double entries = reverse.stream()
                .filter(e -> !isAtKink(e))
                .mapToDouble(GradientEntry::relativeError)
                .max()
                .orElse(0);
        return kinks().isEmpty() ? Math.max(entries, forward.relativeError()) : entries;
    }

    /// Whether both modes agree with the differences. Where an entry lies at a kink, forward mode is not compared.
    public boolean passed() {
        return wrong().isEmpty() && (!kinks().isEmpty() || !forward.isWrong(tolerance));
    }

    /// The report as text: a line of judgement, the worst entries, the kinks.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(headline());
        List<GradientEntry> wrong = wrong();
        if (!wrong.isEmpty()) {
            text.append(table("reverse mode", wrong.subList(0, Math.min(SHOWN, wrong.size()))));
            text.append(wrong.size() > SHOWN ? "\n  and " + (wrong.size() - SHOWN) + " more" : "");
        }
        if (kinks().isEmpty() && forward.isWrong(tolerance)) {
            text.append(table("forward mode", List.of(forward)));
        }
        kinks().stream().limit(SHOWN).forEach(e -> text.append(kink(e)));
        return text.toString();
    }

    private String headline() {
        String verdict = passed() ? "agree" : "disagree";
        int bad = wrong().size();
        return String.format(
                Locale.ROOT,
                "gradients of order %d %s with central differences: %d of %d entries wrong, worst relative error %.1e,"
                        + " allowed %.1e, seed %d",
                order,
                verdict,
                bad,
                reverse.size(),
                worst(),
                tolerance,
                seed);
    }

    private static String table(String mode, List<GradientEntry> entries) {
        String head =
                String.format(Locale.ROOT, "%n  %-20s %16s %16s %15s", mode, "analytic", "numeric", "relative error");
        return entries.stream().map(GradientReport::row).collect(Collectors.joining("", head, ""));
    }

    private static String row(GradientEntry e) {
        return String.format(
                Locale.ROOT, "%n  %-20s %16.9g %16.9g %15.1e", e.name(), e.analytic(), e.numeric(), e.relativeError());
    }

    private static String kink(GradientEntry e) {
        return String.format(
                Locale.ROOT,
                "%n  not compared: %s lies at a kink, where the slope is %.6g on the left and %.6g on the right",
                e.name(),
                e.left(),
                e.right());
    }
}
