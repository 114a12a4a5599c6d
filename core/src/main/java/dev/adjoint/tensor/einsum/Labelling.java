package dev.adjoint.tensor.einsum;

import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The labels of every axis of given operands, `...` written out in letters of its own.
///
/// @param terms a label for every axis of every operand, possibly repeated
/// @param output the labels of the result
/// @param types the operands
/// @param extents the extent of every label
record Labelling(List<String> terms, String output, List<TensorType> types, Map<Character, Long> extents) {
    /// Where a label was met first.
    private record Use(long extent, int operand, int axis) {
        String text() {
            return extent + " along axis " + axis + " of operand " + operand;
        }
    }

    static Labelling of(Einsum einsum, List<TensorType> types) {
        checkNumber(einsum, types);
        checkTypes(types);
        int unnamed = 0;
        for (int i = 0; i < types.size(); i++) {
            unnamed = Math.max(unnamed, unnamed(einsum, i, types.get(i)));
        }
        String free = free(String.join("", einsum.terms()) + einsum.output().orElse(""), unnamed);
        List<String> terms = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            String own = free.substring(unnamed - unnamed(einsum, i, types.get(i)));
            terms.add(einsum.terms().get(i).replace(String.valueOf(Einsum.ELLIPSIS), own));
        }
        String all = String.join("", terms);
        String output = einsum.output().isPresent() ? given(einsum, all, free) : implicit(all, free);
        return new Labelling(List.copyOf(terms), output, types, extents(terms, types, free));
    }

    private static void checkNumber(Einsum einsum, List<TensorType> types) {
        int wanted = einsum.terms().size();
        if (wanted != types.size()) {
            throw new InvalidArgument("einsum: '" + einsum + "' has " + wanted + (wanted == 1 ? " term" : " terms")
                    + " but " + types.size() + (types.size() == 1 ? " operand was" : " operands were")
                    + " given; terms are separated by commas");
        }
    }

    private static void checkTypes(List<TensorType> types) {
        if (types.stream().map(TensorType::dtype).distinct().count() > 1) {
            throw new DTypeMismatch(
                    "einsum", types, "element types must be equal; convert, for instance with x.to(DType.F32)");
        }
    }

    /// How many axes `...` stands for.
    private static int unnamed(Einsum einsum, int operand, TensorType type) {
        String term = einsum.terms().get(operand);
        boolean open = Labels.has(term, Einsum.ELLIPSIS);
        int named = open ? term.length() - 1 : term.length();
        if (open ? named > type.rank() : named != type.rank()) {
            throw new InvalidArgument("einsum: the term '" + Einsum.shown(term) + "' names " + named
                    + (named == 1 ? " axis" : " axes") + ", operand " + operand + " of type " + type + " has "
                    + type.rank() + (open ? "" : "; '...' stands for axes without a letter"));
        }
        return type.rank() - named;
    }

    /// Letters that nobody uses.
    private static String free(String used, int count) {
        StringBuilder letters = new StringBuilder();
        for (char c = 'A'; letters.length() < count; c++) {
            if (Character.isLetter(c) && !Labels.has(used, c)) {
                letters.append(c);
            }
        }
        return letters.toString();
    }

    private static String implicit(String all, String free) {
        StringBuilder once = new StringBuilder(free);
        all.chars()
                .filter(label -> !Labels.has(free, label) && Labels.count(all, label) == 1)
                .sorted()
                .forEach(once::appendCodePoint);
        return once.toString();
    }

    private static String given(Einsum einsum, String all, String free) {
        String written = einsum.output().orElseThrow();
        for (int i = 0; i < written.length(); i++) {
            char label = written.charAt(i);
            if (label != Einsum.ELLIPSIS && !Labels.has(all, label)) {
                throw new InvalidArgument(
                        "einsum: the output of '" + einsum + "' has the label " + label + ", which no operand has");
            }
            if (Labels.count(written, label) > 1) {
                throw new InvalidArgument("einsum: the output of '" + einsum + "' has the label " + label
                        + " twice; x.diagonalMatrix() puts an axis on a diagonal");
            }
        }
        if (!free.isEmpty() && !Labels.has(written, Einsum.ELLIPSIS)) {
            throw new InvalidArgument("einsum: '...' of '" + einsum + "' stands for " + free.length()
                    + " axes, but the output has no '...'; give axes letters to sum over them");
        }
        return written.replace(String.valueOf(Einsum.ELLIPSIS), free);
    }

    private static Map<Character, Long> extents(List<String> terms, List<TensorType> types, String free) {
        Map<Character, Use> first = new LinkedHashMap<>();
        for (int i = 0; i < terms.size(); i++) {
            for (int axis = 0; axis < terms.get(i).length(); axis++) {
                char label = terms.get(i).charAt(axis);
                Use use = new Use(types.get(i).dim(axis), i, axis);
                Use known = first.putIfAbsent(label, use);
                if (known == null || known.extent == use.extent) {
                    continue;
                }
                boolean broadcast = Labels.has(free, label);
                if (!broadcast || (known.extent != 1 && use.extent != 1)) {
                    String law = broadcast ? "extents of '...' must be equal or 1, not " : "label " + label + " is ";
                    throw new ShapeMismatch("einsum", types, law + known.text() + " and " + use.text());
                }
                first.put(label, known.extent == 1 ? use : known);
            }
        }
        Map<Character, Long> extents = new LinkedHashMap<>();
        first.forEach((label, use) -> extents.put(label, use.extent));
        return extents;
    }

    /// What is left to multiply when every operand by itself has been prepared: each label occurs once, an axis of extent 1
    /// that stands for a longer one is gone, and what nobody else has and the output omits is summed.
    Network network() {
        List<String> prepared = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++) {
            String stretched = stretched(i);
            prepared.add(Labels.both(Labels.without(Labels.distinct(terms.get(i)), stretched), needed(i)));
        }
        return new Network(prepared, output, extents);
    }

    /// The labels along which an operand has extent 1 and is repeated.
    private String stretched(int operand) {
        String term = terms.get(operand);
        StringBuilder stretched = new StringBuilder();
        for (int axis = 0; axis < term.length(); axis++) {
            if (types.get(operand).dim(axis) != extent(term.charAt(axis))) {
                stretched.append(term.charAt(axis));
            }
        }
        return stretched.toString();
    }

    private long extent(char label) {
        return extents.getOrDefault(label, 1L);
    }

    /// The labels of the output and of all operands but one.
    private String needed(int operand) {
        StringBuilder needed = new StringBuilder(output);
        for (int i = 0; i < terms.size(); i++) {
            needed.append(i == operand ? "" : terms.get(i));
        }
        return needed.toString();
    }

    /// The operands multiplied along the cheapest path that was found.
    Tensor product(List<? extends Tensor> operands) {
        List<Labelled> factors = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            factors.add(new Labelled(operands.get(i), terms.get(i))
                    .squeezed(stretched(i))
                    .diagonal()
                    .summed(needed(i)));
        }
        Network network = network();
        List<String> left = new ArrayList<>(network.terms());
        for (PathSearch.Pair pair : PathSearch.pairs(network)) {
            Labelled x = factors.get(pair.left());
            Labelled y = factors.get(pair.right());
            left.set(pair.left(), "");
            left.set(pair.right(), "");
            Labelled z = x.times(y, String.join("", left) + output);
            left.add(z.labels());
            factors.add(z);
        }
        return factors.getLast().inOrder(output).tensor();
    }
}
