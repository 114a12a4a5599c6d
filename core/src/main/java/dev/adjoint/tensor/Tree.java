package dev.adjoint.tensor;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

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
        visit(tree, (path, leaf) -> leaves.add(leaf));
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
        rebuild("", tree, new Replacement() {
            @Override
            public Tensor apply(String path, Tensor leaf) {
                learned.put(path, leaf);
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
        rebuild("", tree, (path, leaf) -> {
            visitor.accept(path, leaf);
            return leaf;
        });
    }

    /// The same tree with every tensor replaced.
    public static <T> T map(T tree, UnaryOperator<Tensor> f) {
        return rebuild("", tree, (path, leaf) -> f.apply(leaf));
    }

    /// The same tree with every tensor replaced by what its path tells.
    public static <T> T mapPaths(T tree, Replacement f) {
        return rebuild("", tree, f);
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

        /// Whether the tensors inside a record are walked over, too.
        default boolean enters(Record node) {
            return true;
        }
    }

    private static <L> List<L> sameForm(Object tree, List<L> leaves) {
        int wanted = leaves(tree).size();
        if (wanted != leaves.size()) {
            throw new InvalidArgument("the tree holds " + wanted + " tensors, not " + leaves.size());
        }
        return leaves;
    }

    @SuppressWarnings("unchecked")
    private static <T> T rebuild(String path, T tree, Replacement f) {
        return (T)
                switch (tree) {
                    case null ->
                        throw new InvalidArgument("a tree of tensors holds no null, but there is one " + place(path));
                    case Tensor leaf -> f.apply(path, leaf);
                    case Record node -> f.enters(node) ? rebuildRecord(path, node, f) : node;
                    case Optional<?> perhaps -> rebuildOptional(path, perhaps, f);
                    case List<?> list -> rebuildList(path, list, f);
                    case Map<?, ?> map -> rebuildMap(path, map, f);
                    default -> tree;
                };
    }

    private static String place(String path) {
        return path.isEmpty() ? "in its place" : "at " + path;
    }

    @SuppressWarnings("ReferenceEquality") // an unchanged value stays itself
    private static Optional<?> rebuildOptional(String path, Optional<?> perhaps, Replacement f) {
        Optional<?> rebuilt = perhaps.map(value -> rebuild(path, value, f));
        return perhaps.isPresent() && rebuilt.orElseThrow() != perhaps.orElseThrow() ? rebuilt : perhaps;
    }

    @SuppressWarnings("ReferenceEquality") // an unchanged list stays itself
    private static List<?> rebuildList(String path, List<?> list, Replacement f) {
        List<Object> result = new ArrayList<>();
        boolean changed = false;
        for (int i = 0; i < list.size(); i++) {
            Object value = list.get(i);
            result.add(rebuild(join(path, Integer.toString(i)), value, f));
            changed |= result.getLast() != value;
        }
        return changed ? List.copyOf(result) : list;
    }

    @SuppressWarnings("ReferenceEquality") // an unchanged map stays itself
    private static Map<?, ?> rebuildMap(String path, Map<?, ?> map, Replacement f) {
        Map<Object, Object> result = new LinkedHashMap<>();
        boolean changed = false;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object value = rebuild(join(path, entry.getKey().toString()), entry.getValue(), f);
            result.put(entry.getKey(), value);
            changed |= value != entry.getValue();
        }
        return changed ? Collections.unmodifiableMap(result) : map;
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    @SuppressWarnings("ReferenceEquality") // an unchanged record stays itself
    private static Record rebuildRecord(String path, Record node, Replacement f) {
        RecordComponent[] components = node.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        boolean changed = false;
        for (int i = 0; i < components.length; i++) {
            Object value = read(node, components[i]);
            values[i] = rebuild(join(path, components[i].getName()), value, f);
            changed |= values[i] != value;
        }
        return changed ? construct(node, components, values) : node;
    }

    private static Object read(Record node, RecordComponent component) {
        try {
            var accessor = component.getAccessor();
            accessor.trySetAccessible();
            return accessor.invoke(node);
        } catch (IllegalAccessException e) {
            throw closed(node, e);
        } catch (InvocationTargetException e) {
            throw new AdjointException(
                    "reading " + node.getClass().getName() + "." + component.getName() + " failed", e);
        }
    }

    private static Record construct(Record node, RecordComponent[] components, Object[] values) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<? extends Record> constructor = node.getClass().getDeclaredConstructor(types);
            constructor.trySetAccessible();
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AdjointException("building " + node.getClass().getName() + " failed", e);
        } catch (ReflectiveOperationException e) {
            throw closed(node, e);
        }
    }

    private static AdjointException closed(Record node, ReflectiveOperationException cause) {
        Class<?> type = node.getClass();
        return new AdjointException(
                "cannot walk into record " + type.getName() + ": make it public in an exported package, or write"
                        + " 'opens " + type.getPackageName() + " to dev.adjoint.core' in its module-info",
                cause);
    }
}
