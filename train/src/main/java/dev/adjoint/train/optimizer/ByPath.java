package dev.adjoint.train.optimizer;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.OneLine;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Different optimisers for different tensors of one model: no decay of biases, another rate for a new head, a frozen
/// body. A tensor belongs to the first rule that means it, or else to the rest.
///
/// {@snippet :
/// Optimizer optimizer = ByPath.rest(AdamW.of(1e-3, 0.01))
///         .rule("body", PathRule.under("layers.body"), new Frozen())
///         .rule("plain", PathRule.vectors(), Adam.of(1e-3));
/// }
///
/// Every optimiser sees only its own tensors, so a [ClipByGlobalNorm] inside clips by the norm of these.
///
/// @param rules in the order in which they are asked
/// @param others what takes the rest
public record ByPath(List<Rule> rules, Optimizer others) implements Optimizer {
    private static final String REST = "rest";

    /// An optimiser for the tensors that a rule means.
    ///
    /// @param name what the group is called in messages and in the state's paths
    /// @param rule which tensors
    /// @param optimizer theirs
    public record Rule(String name, PathRule rule, Optimizer optimizer) {}

    /// The states of the groups by name.
    public record State(Map<String, Record> groups) {}

    public ByPath {
        rules = List.copyOf(rules);
        long names = rules.stream().map(Rule::name).distinct().count();
        if (names < rules.size() || rules.stream().anyMatch(rule -> rule.name.equals(REST))) {
            throw new InvalidArgument("by path: rules need different names, none of them '" + REST + "'");
        }
    }

    /// One optimiser for everything that no rule means.
    public static ByPath rest(Optimizer others) {
        return new ByPath(List.of(), others);
    }

    /// With one more rule, asked after those before it.
    public ByPath rule(String name, PathRule rule, Optimizer optimizer) {
        List<Rule> more = new ArrayList<>(rules);
        more.add(new Rule(name, rule, optimizer));
        return new ByPath(more, others);
    }

    /// @throws InvalidArgument if a rule means no tensor of the model
    @Override
    public <M> State init(M model) {
        Map<String, Map<String, Tensor>> groups = groups(model, Tree.paths(model));
        Map<String, Record> states = new LinkedHashMap<>();
        groups.forEach((name, group) -> {
            if (group.isEmpty() && !name.equals(REST)) {
                throw new InvalidArgument("by path: rule '" + name + "' means no weight of the model, whose paths are "
                        + OneLine.of(String.join(", ", Tree.paths(model).keySet())));
            }
            states.put(name, optimizer(name).init(group));
        });
        return new State(states);
    }

    @Override
    public <M> Update<M> update(M gradients, Record state, M model) {
        Map<String, Map<String, Tensor>> weights = groups(model, Tree.paths(model));
        Map<String, Map<String, Tensor>> slopes = groups(model, Tree.paths(gradients));
        Map<String, Tensor> changes = new LinkedHashMap<>();
        Map<String, Record> states = new LinkedHashMap<>();
        ((State) state).groups.forEach((name, old) -> {
            Update<Map<String, Tensor>> update = optimizer(name)
                    .update(Objects.requireNonNull(slopes.get(name)), old, Objects.requireNonNull(weights.get(name)));
            changes.putAll(update.changes());
            states.put(name, update.state());
        });
        M all = Tree.mapPaths(model, (path, w) -> Objects.requireNonNull(changes.get(path)));
        return new Update<>(all, new State(states));
    }

    /// The tensors of every group by path; the model says who belongs where.
    private Map<String, Map<String, Tensor>> groups(Object model, Map<String, Tensor> tensors) {
        Map<String, Map<String, Tensor>> groups = new LinkedHashMap<>();
        rules.forEach(rule -> groups.put(rule.name, new LinkedHashMap<>()));
        groups.put(REST, new LinkedHashMap<>());
        Tree.visit(
                model,
                (path, weight) -> Objects.requireNonNull(groups.get(group(path, weight)))
                        .put(path, Objects.requireNonNull(tensors.get(path))));
        return groups;
    }

    private String group(String path, Tensor weight) {
        return rules.stream()
                .filter(rule -> rule.rule.matches(path, weight))
                .map(Rule::name)
                .findFirst()
                .orElse(REST);
    }

    private Optimizer optimizer(String name) {
        return rules.stream()
                .filter(rule -> rule.name.equals(name))
                .map(Rule::optimizer)
                .findFirst()
                .orElse(others);
    }
}
