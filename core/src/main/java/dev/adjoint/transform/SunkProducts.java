package dev.adjoint.transform;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.elementwise.Add;
import dev.adjoint.transform.ScanLoop.Carried;
import dev.adjoint.transform.ScanLoop.Entering;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Products that a scan only stacks or adds up, computed for all steps after it from their stacked factors.
final class SunkProducts {
    private final ScanLoop loop;
    private final List<Value> sums;

    /// What the carried sums add up, by their number among the carried values.
    private final Map<Integer, StepTerm> terms = new LinkedHashMap<>();

    /// The products among the stacked values, by their number.
    private final Map<Integer, StepTerm> products = new LinkedHashMap<>();

    /// Values that the remaining loop stacks for what comes after it.
    private final Set<Value> leaving = new LinkedHashSet<>();

    SunkProducts(ScanLoop loop) {
        this.loop = loop;
        this.sums = loop.carried().next();
    }

    /// The results of the scan.
    List<Value> results() {
        findSums(term -> term.isProduct() && count(unstacked(term)) <= term.count());
        findProducts();
        findSums(term -> unstacked(term).isEmpty());
        return terms.isEmpty() && products.isEmpty() ? loop.results() : distributed();
    }

    private void findSums(Predicate<StepTerm> isWorthIt) {
        for (int i = 0; i < sums.size(); i++) {
            if (!terms.containsKey(i)) {
                int number = i;
                onlyAdded(i).flatMap(StepTerm::sum).filter(isWorthIt).ifPresent(term -> take(terms, number, term));
            }
        }
    }

    private void take(Map<Integer, StepTerm> list, int number, StepTerm term) {
        list.put(number, term);
        leaving.addAll(unstacked(term));
    }

    /// What is added to a carried value in every step, if nothing else is done with it, before or afterwards.
    private Optional<Value> onlyAdded(int number) {
        Value sum = sums.get(number);
        Value before = loop.carried().entering().inputs().get(number);
        boolean isSum = sum.op() instanceof Add && sum.inputs().contains(before);
        return isSum && uses(before) == 1 && uses(sum) == 1
                ? sum.inputs().stream()
                        .filter(v -> !v.equals(before) && v.type().equals(sum.type()))
                        .findFirst()
                : Optional.empty();
    }

    /// How often a value is an operand or a result of the body.
    private long uses(Value value) {
        long operands = loop.values().stream()
                .flatMap(v -> v.inputs().stream())
                .filter(value::equals)
                .count();
        return operands + loop.outputs().stream().filter(value::equals).count();
    }

    private void findProducts() {
        List<Value> kept = new ArrayList<>();
        for (int i = 0; i < sums.size(); i++) {
            if (!terms.containsKey(i)) {
                kept.add(sums.get(i));
            }
        }
        Map<Integer, StepTerm> found = new LinkedHashMap<>();
        for (int i = 0; i < loop.stacked().size(); i++) {
            Optional<StepTerm> term = StepTerm.product(loop.stacked().get(i));
            if (term.isPresent()) {
                found.put(i, term.get());
            } else {
                kept.add(loop.stacked().get(i));
            }
        }
        Set<Value> needed = new HashSet<>(new Graph(loop.inputs(), kept).values());
        found.forEach((number, term) -> {
            if (!needed.contains(term.value()) && count(unstacked(term)) <= term.count()) {
                take(products, number, term);
            }
        });
    }

    /// The factors that are not outside of the loop anyway.
    private List<Value> unstacked(StepTerm term) {
        return term.factors().stream()
                .filter(v -> !loop.scanned().inputs().contains(v)
                        && !loop.constants().inputs().contains(v)
                        && !leaving.contains(v))
                .toList();
    }

    private static long count(List<Value> values) {
        return values.stream().mapToLong(v -> v.shape().count()).sum();
    }

    private List<Value> distributed() {
        Remaining remaining = new Remaining();
        List<Value> results = remaining.loop().results();
        Map<Value, Value> differing = new LinkedHashMap<>(loop.scanned().byInput());
        int at = results.size() - leaving.size();
        for (Value value : leaving) {
            differing.put(value, results.get(at++));
        }
        AllSteps steps = new AllSteps(differing, loop.constants().byInput(), loop.length());
        List<Value> all = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < sums.size(); i++) {
            Value start = loop.carried().entering().operands().get(i);
            StepTerm term = terms.get(i);
            all.add(term == null ? results.get(next++) : Value.of(start.add(steps.sum(term.value()))));
        }
        for (int i = 0; i < loop.stacked().size(); i++) {
            StepTerm term = products.get(i);
            all.add(term == null ? results.get(next++) : steps.of(term.value()));
        }
        return all;
    }

    /// What stays in the loop.
    private final class Remaining {
        private final List<Value> inputs = new ArrayList<>();
        private final List<Value> operands = new ArrayList<>();
        private final List<Value> next = new ArrayList<>();
        private final List<Value> stacked = new ArrayList<>();

        ScanLoop loop() {
            Entering entering = loop.carried().entering();
            for (int i = 0; i < sums.size(); i++) {
                if (!terms.containsKey(i)) {
                    inputs.add(entering.inputs().get(i));
                    operands.add(entering.operands().get(i));
                    next.add(sums.get(i));
                }
            }
            for (int i = 0; i < loop.stacked().size(); i++) {
                if (!products.containsKey(i)) {
                    stacked.add(loop.stacked().get(i));
                }
            }
            stacked.addAll(leaving);
            return loop.with(new Carried(new Entering(inputs, operands), next), stacked);
        }
    }
}
