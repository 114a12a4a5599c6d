package dev.adjoint.tensor.einsum;

import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.Optional;

/// Einstein's notation: `z[output] = Σ x₀[term₀]·x₁[term₁]·…`, summed over every label that the output omits.
///
/// Every operand has a term, a letter for each axis: `ij,jk->ik` is the matrix product. A letter that a term repeats is the
/// diagonal of these axes. `...` stands for the axes that have no letter; they align at the last one and broadcast. Without
/// `->` the output is `...` and, in the order of the alphabet, the letters that occur once. Spaces mean nothing. The rules
/// are those of `numpy.einsum`, but a letter has one extent: 1 is not repeated.
///
/// @param terms the letters of every operand's axes, with at most one `…` each
/// @param output the letters of the result's axes, if they are given
public record Einsum(List<String> terms, Optional<String> output) {
    static final char ELLIPSIS = '…';

    /// @throws InvalidArgument if a term has anything but letters and one `…`
    public Einsum {
        terms = List.copyOf(terms);
        terms.forEach(Einsum::check);
        output.ifPresent(Einsum::check);
    }

    /// Reads subscripts such as `bij,bjk->bik` or `...ii`.
    ///
    /// @throws InvalidArgument if they have anything but letters, commas, `...` and one `->`
    public static Einsum of(String subscripts) {
        String text = subscripts.replace(" ", "").replace("...", String.valueOf(ELLIPSIS));
        int arrow = text.indexOf("->");
        String left = arrow < 0 ? text : text.substring(0, arrow);
        Optional<String> output = arrow < 0 ? Optional.empty() : Optional.of(text.substring(arrow + 2));
        return new Einsum(List.of(left.split(",", -1)), output);
    }

    private static void check(String term) {
        for (int i = 0; i < term.length(); i++) {
            char c = term.charAt(i);
            if (c != ELLIPSIS && !Character.isLetter(c)) {
                throw new InvalidArgument("einsum: '" + c + "' in the term '" + shown(term)
                        + "' is neither a letter nor '...'; subscripts read like 'ij,jk->ik'");
            }
        }
        if (term.indexOf(ELLIPSIS) != term.lastIndexOf(ELLIPSIS)) {
            throw new InvalidArgument("einsum: the term '" + shown(term) + "' has more than one '...'");
        }
    }

    /// The order in which operands of these shapes are multiplied, and what it costs.
    ///
    /// @throws InvalidArgument if the subscripts do not fit the number of operands or of their axes
    /// @throws dev.adjoint.tensor.ShapeMismatch if a label has two extents
    public ContractionPath path(List<Shape> shapes) {
        List<TensorType> types =
                shapes.stream().map(shape -> new TensorType(DType.F32, shape)).toList();
        Network network = Labelling.of(this, types).network();
        return ContractionPath.of(network, PathSearch.pairs(network));
    }

    /// The sum of products.
    ///
    /// @throws InvalidArgument if the subscripts do not fit the number of operands or of their axes
    /// @throws dev.adjoint.tensor.ShapeMismatch if a label has two extents
    /// @throws dev.adjoint.tensor.DTypeMismatch if the element types differ
    public Tensor apply(List<? extends Tensor> operands) {
        Labelling labelling =
                Labelling.of(this, operands.stream().map(Tensor::type).toList());
        return labelling.product(operands);
    }

    /// The subscripts as they are written.
    @Override
    public String toString() {
        return shown(
                String.join(",", terms) + output.map(labels -> "->" + labels).orElse(""));
    }

    static String shown(String term) {
        return term.replace(String.valueOf(ELLIPSIS), "...");
    }
}
