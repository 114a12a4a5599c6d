package dev.adjoint.tensor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Walks over the tensors inside nested records, lists, maps and optional values. Everything else (sizes, rates, names) stands still.
///
/// A model is such a tree, so its gradient, its optimiser state and its file have the same form. A leaf's path is made of
/// component names, list indices and map keys: `layers.0.weight`. Records outside the unnamed module must be public in an
/// exported package, or their package open to `dev.adjoint.core`.
public final class Tree {
    private Tree() {}

    /// The tensors in order.
    public static List<Tensor> leaves(Object tree) {
        List<Tensor> leaves = new ArrayList<>();
        map(tree, leaf -> {
            leaves.add(leaf);
            return leaf;
        });
        return leaves;
    }

    /// The tensors by path, in order.
    public static Map<String, Tensor> paths(Object tree) {
        Map<String, Tensor> paths = new LinkedHashMap<>();
        visit(tree, paths::put);
        return paths;
    }

    /// The tensors outside of [Measured] records by path, in order: what an optimiser may change.
    public static Map<String, Tensor> learned(Object tree) {
        Map<String, Tensor> learned = new LinkedHashMap<>();
        rebuild(Place.ROOT, tree, new Step() {
            @Override
            public Tensor apply(Place place, Tensor leaf) {
                learned.put(place.path(), leaf);
                return leaf;
            }

            @Override
            public boolean enters(Record node) {
                return !(node instanceof Measured);
            }
        });
        return learned;
    }

    /// Calls the visitor with the path of every tensor and the tensor, in order.
    public static void visit(Object tree, BiConsumer<String, Tensor> visitor) {
        rebuild(Place.ROOT, tree, (place, leaf) -> {
            visitor.accept(place.path(), leaf);
            return leaf;
        });
    }

    /// The same tree with every tensor replaced.
    public static <T> T map(T tree, UnaryOperator<Tensor> f) {
        return rebuild(Place.ROOT, tree, (place, leaf) -> f.apply(leaf));
    }

    /// The same tree with every tensor replaced by what its path tells.
    public static <T> T mapPaths(T tree, Replacement f) {
        return rebuild(Place.ROOT, tree, (place, leaf) -> f.apply(place.path(), leaf));
    }

    /// Two trees of one form combined tensor by tensor.
    ///
    /// @throws InvalidArgument if they hold different numbers of tensors
    public static <T> T zip(T left, T right, BinaryOperator<Tensor> f) {
        Iterator<Tensor> others = sameForm(left, leaves(right)).iterator();
        return map(left, leaf -> f.apply(leaf, others.next()));
    }

    /// The same tree holding other tensors, given in order.
    ///
    /// @throws InvalidArgument if their number differs
    public static <T> T withLeaves(T tree, List<? extends Tensor> leaves) {
        Iterator<? extends Tensor> next = sameForm(tree, leaves).iterator();
        return map(tree, leaf -> next.next());
    }

    /// What stands in the place of a tensor.
    @FunctionalInterface
    public interface Replacement {
        Tensor apply(String path, Tensor leaf);
    }

    private static <L> List<L> sameForm(Object tree, List<L> leaves) {
        int wanted = leaves(tree).size();
        if (wanted != leaves.size()) {
            throw new InvalidArgument("the tree holds " + wanted + " tensors, not " + leaves.size());
        }
        return leaves;
    }

    /// A place in the tree on the way from its root, spelt out only where somebody asks.
    record Place(@Nullable Place above, Object name) {
        static final Place ROOT = new Place(null, "");

        Place below(Object name) {
            return new Place(this, name);
        }

        String path() {
            if (above == null) {
                return "";
            }
            String outer = above.path();
            return outer.isEmpty() ? name.toString() : outer + "." + name;
        }
    }

    /// What stands in the place of a tensor.
    @FunctionalInterface
    interface Step {
        Tensor apply(Place place, Tensor leaf);

        /// Whether the tensors inside a record are walked over, too.
        default boolean enters(Record node) {
            return true;
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> T rebuild(Place place, T tree, Step f) {
        return (T)
                switch (tree) {
                    case null -> throw hole(place);
                    case Tensor leaf -> f.apply(place, leaf);
                    case Record node -> f.enters(node) ? rebuildRecord(place, node, f) : node;
                    case Optional<?> perhaps -> rebuildOptional(place, perhaps, f);
                    case List<?> list -> rebuildList(place, list, f);
                    case Map<?, ?> map -> rebuildMap(place, map, f);
                    default -> tree;
                };
    }

    private static InvalidArgument hole(Place place) {
        String path = place.path();
        return new InvalidArgument("a tree of tensors holds no null, but there is one "
                + (path.isEmpty() ? "in its place" : "at " + path));
    }

    @SuppressWarnings("ReferenceEquality") // an unchanged value stays itself
    private static Optional<?> rebuildOptional(Place place, Optional<?> perhaps, Step f) {
        Optional<?> rebuilt = perhaps.map(value -> rebuild(place, value, f));
        return perhaps.isPresent() && rebuilt.orElseThrow() != perhaps.orElseThrow() ? rebuilt : perhaps;
    }

    @SuppressWarnings("ReferenceEquality") // an unchanged list stays itself
    private static List<?> rebuildList(Place place, List<?> list, Step f) {
        List<Object> result = new ArrayList<>(list.size());
        boolean changed = false;
        for (int i = 0; i < list.size(); i++) {
            Object value = list.get(i);
            result.add(rebuild(place.below(i), value, f));
            changed |= result.getLast() != value;
        }
        return changed ? List.copyOf(result) : list;
    }

    @SuppressWarnings("ReferenceEquality") // an unchanged map stays itself
    private static Map<?, ?> rebuildMap(Place place, Map<?, ?> map, Step f) {
        Map<Object, Object> result = new LinkedHashMap<>();
        boolean changed = false;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object value = rebuild(place.below(entry.getKey()), entry.getValue(), f);
            result.put(entry.getKey(), value);
            changed |= value != entry.getValue();
        }
        return changed ? Collections.unmodifiableMap(result) : map;
    }

    @SuppressWarnings("ReferenceEquality") // an unchanged record stays itself
    private static Record rebuildRecord(Place place, Record node, Step f) {
        RecordParts parts = RecordParts.of(node);
        Object[] values = new Object[parts.count()];
        boolean changed = false;
        for (int i = 0; i < values.length; i++) {
            Object value = parts.read(node, i);
            values[i] = rebuild(place.below(parts.name(i)), value, f);
            changed |= values[i] != value;
        }
        return changed ? parts.construct(values) : node;
    }
}
