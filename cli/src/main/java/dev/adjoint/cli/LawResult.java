package dev.adjoint.cli;

import dev.adjoint.cli.text.Table;
import dev.adjoint.op.Op;
import dev.adjoint.op.source.Input;
import dev.adjoint.testkit.Law;
import dev.adjoint.testkit.LawCase;
import dev.adjoint.testkit.OpLaws;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How one law fared at the samples of some operators.
///
/// @param law the law
/// @param cases at how many samples it was tested
/// @param broken what was found where it does not hold
record LawResult(Law law, int cases, List<String> broken) {
    LawResult {
        broken = List.copyOf(broken);
    }

    /// Tests every law. An [Input] computes nothing and has none.
    static List<LawResult> of(List<Class<? extends Op>> operators) {
        List<LawCase> cases = operators.stream()
                .filter(op -> op != Input.class)
                .flatMap(op -> OpLaws.of(op).cases().stream())
                .toList();
        return Arrays.stream(Law.values())
                .map(law -> of(law, cases.stream().filter(c -> c.law() == law).toList()))
                .toList();
    }

    private static LawResult of(Law law, List<LawCase> cases) {
        List<String> broken = new ArrayList<>();
        for (LawCase at : cases) {
            try {
                at.check();
            } catch (AssertionError e) {
                broken.add(e.getMessage());
            }
        }
        return new LawResult(law, cases.size(), broken);
    }

    boolean passed() {
        return broken.isEmpty();
    }

    private String name() {
        return law.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("law", name());
        json.put("statement", law.statement());
        json.put("cases", cases);
        json.put("broken", broken);
        return json;
    }

    /// A line for each law, then what is broken.
    static void print(PrintStream out, List<LawResult> results) {
        Table table = Table.of("law", ">cases", ">broken", "");
        results.forEach(r -> table.row(
                r.name(),
                Integer.toString(r.cases()),
                Integer.toString(r.broken().size()),
                r.law.statement()));
        out.printf("%n%s%n", table);
        for (LawResult result : results) {
            result.broken.forEach(message -> out.printf("%n%s%n", message));
        }
    }
}
