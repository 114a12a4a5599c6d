package dev.adjoint.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What trees of tensors have in common that differ in their numbers alone: records of the same classes, lists of the same
/// lengths, maps with the same keys in the same order, tensors of the same types; and everything else is equal.
///
/// Made once, it takes other trees apart and puts them together in one walk each: what happens in every call of a compiled
/// function.
///
/// @param <T> the type of the trees
public final class Form<T> {
    private final Node root;
    private final int count;

    private Form(Node root) {
        this.root = root;
        this.count = root.count();
    }

    /// The form of a tree.
    ///
    /// @throws InvalidArgument if there is a null in it
    public static <T> Form<T> of(T tree) {
        Tree.leaves(tree); // says where a null is
        return new Form<>(node(tree));
    }

    /// How many tensors a tree of this form holds.
    public int count() {
        return count;
    }

    /// Takes the tensors of a tree in order.
    ///
    /// @param leaves as long as [#count]; of no use where the answer is no
    /// @return whether the tree is of this form
    public boolean take(Object tree, Tensor[] leaves) {
        return root.take(tree, new Leaves(leaves));
    }

    /// The tree of this form that holds the given tensors, in order, whatever their types are.
    ///
    /// @throws InvalidArgument if their number differs
    @SuppressWarnings("unchecked") // the tree that the form was made of was a T
    public T with(Tensor... leaves) {
        if (leaves.length != count) {
            throw new InvalidArgument("the tree holds " + count + " tensors, not " + leaves.length);
        }
        return (T) root.with(new Leaves(leaves));
    }

    private static Node node(Object tree) {
        Node node = switch (tree) {
            case Tensor leaf -> new Leaf(leaf.type());
            case Record part -> Parts.of(part);
            case Optional<?> perhaps when perhaps.isPresent() -> new Present(node(perhaps.orElseThrow()));
            case List<?> list -> new Row(nodes(list));
            case Map<?, ?> map -> new Named(new OrderedMap.Keys<Object>(map.keySet()), nodes(map.values()));
            default -> new Rest(tree);
        };
        return node.count() == 0 ? new Rest(tree) : node;
    }

    private static List<Node> nodes(Iterable<?> trees) {
        List<Node> nodes = new ArrayList<>();
        trees.forEach(tree -> nodes.add(node(tree)));
        return List.copyOf(nodes);
    }

    /// Tensors that are taken, or put, one after the other.
    private static final class Leaves {
        private final Tensor[] tensors;
        private int next;

        Leaves(Tensor[] tensors) {
            this.tensors = tensors;
        }

        void put(Tensor tensor) {
            tensors[next++] = tensor;
        }

        Tensor take() {
            return tensors[next++];
        }
    }

    private sealed interface Node {
        int count();

        boolean take(Object tree, Leaves leaves);

        Object with(Leaves leaves);

        static int count(List<Node> nodes) {
            return nodes.stream().mapToInt(Node::count).sum();
        }
    }

    /// A tensor.
    private record Leaf(TensorType type) implements Node {
        @Override
        public int count() {
            return 1;
        }

        @Override
        public boolean take(Object tree, Leaves leaves) {
            if (tree instanceof Tensor tensor && type.equals(tensor.type())) {
                leaves.put(tensor);
                return true;
            }
            return false;
        }

        @Override
        public Object with(Leaves leaves) {
            return leaves.take();
        }
    }

    /// What holds no tensors.
    private record Rest(Object value) implements Node {
        @Override
        public int count() {
            return 0;
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // saves the comparison
        public boolean take(Object tree, Leaves leaves) {
            return tree == value || value.equals(tree);
        }

        @Override
        public Object with(Leaves leaves) {
            return value;
        }
    }

    /// A record.
    private record Parts(RecordParts parts, List<Node> components) implements Node {
        static Node of(Record tree) {
            RecordParts parts = RecordParts.of(tree);
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < parts.count(); i++) {
                values.add(parts.read(tree, i));
            }
            return new Parts(parts, nodes(values));
        }

        @Override
        public int count() {
            return Node.count(components);
        }

        @Override
        public boolean take(Object tree, Leaves leaves) {
            if (tree == null || tree.getClass() != parts.type()) {
                return false;
            }
            for (int i = 0; i < components.size(); i++) {
                if (!components.get(i).take(parts.read((Record) tree, i), leaves)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public Object with(Leaves leaves) {
            Object[] values = new Object[components.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = components.get(i).with(leaves);
            }
            return parts.construct(values);
        }
    }

    /// An optional value that is there.
    private record Present(Node value) implements Node {
        @Override
        public int count() {
            return value.count();
        }

        @Override
        public boolean take(Object tree, Leaves leaves) {
            return tree instanceof Optional<?> perhaps
                    && perhaps.isPresent()
                    && value.take(perhaps.orElseThrow(), leaves);
        }

        @Override
        public Object with(Leaves leaves) {
            return Optional.of(value.with(leaves));
        }
    }

    /// A list.
    private record Row(List<Node> values) implements Node {
        @Override
        public int count() {
            return Node.count(values);
        }

        @Override
        public boolean take(Object tree, Leaves leaves) {
            if (!(tree instanceof List<?> list) || list.size() != values.size()) {
                return false;
            }
            for (int i = 0; i < values.size(); i++) {
                if (!values.get(i).take(list.get(i), leaves)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public Object with(Leaves leaves) {
            Object[] rebuilt = new Object[values.size()];
            for (int i = 0; i < rebuilt.length; i++) {
                rebuilt[i] = values.get(i).with(leaves);
            }
            return List.of(rebuilt);
        }
    }

    /// A map: its order is the order of the tensors.
    private record Named(OrderedMap.Keys<Object> keys, List<Node> values) implements Node {
        @Override
        public int count() {
            return Node.count(values);
        }

        @Override
        public boolean take(Object tree, Leaves leaves) {
            if (!(tree instanceof Map<?, ?> map) || map.size() != values.size()) {
                return false;
            }
            List<?> known = keys.valuesOf(map);
            return known == null ? takeByName(map, leaves) : takeInOrder(known, leaves);
        }

        private boolean takeInOrder(List<?> parts, Leaves leaves) {
            for (int i = 0; i < values.size(); i++) {
                if (!values.get(i).take(parts.get(i), leaves)) {
                    return false;
                }
            }
            return true;
        }

        private boolean takeByName(Map<?, ?> map, Leaves leaves) {
            Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
            for (int i = 0; i < values.size(); i++) {
                Map.Entry<?, ?> entry = entries.next();
                if (!Objects.equals(keys.list().get(i), entry.getKey())
                        || !values.get(i).take(entry.getValue(), leaves)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public Object with(Leaves leaves) {
            Object[] rebuilt = new Object[values.size()];
            for (int i = 0; i < rebuilt.length; i++) {
                rebuilt[i] = values.get(i).with(leaves);
            }
            return keys.with(Arrays.asList(rebuilt));
        }
    }
}
