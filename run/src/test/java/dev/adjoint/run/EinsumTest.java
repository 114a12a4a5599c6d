package dev.adjoint.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.tensor.einsum.ContractionPath;
import dev.adjoint.tensor.einsum.Einsum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sums of products against loops over all labels.
class EinsumTest {
    private static final String LETTERS = "abcdefghijk";

    private static long extent(char label) {
        return 2L + LETTERS.indexOf(label) % 3;
    }

    private static Array random(Random random, DType dtype, Shape shape) {
        Elements elements = Elements.allocate(dtype, shape.count());
        for (int i = 0; i < elements.count(); i++) {
            elements.set(i, dtype.isFloating() ? random.nextGaussian() : random.nextInt(-9, 9));
        }
        return Array.of(new TensorType(dtype, shape), elements);
    }

    private static List<Array> operands(String subscripts, DType dtype) {
        Random random = new Random(subscripts.hashCode());
        return Arrays.stream(subscripts.substring(0, subscripts.indexOf('-')).split(",", -1))
                .map(term -> random(
                        random,
                        dtype,
                        Shape.of(term.chars().mapToLong(c -> extent((char) c)).toArray())))
                .toList();
    }

    /// The meaning of the subscripts: one loop for every label, one product for every turn.
    private static double[] loops(String subscripts, List<Array> operands) {
        String[] sides = subscripts.split("->", -1);
        String[] terms = sides[0].split(",", -1);
        String labels = sides[0].replace(",", "")
                .chars()
                .distinct()
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        long[] sizes = labels.chars().mapToLong(c -> extent((char) c)).toArray();
        Shape out = Shape.of(sides[1].chars().mapToLong(c -> extent((char) c)).toArray());
        double[] result = new double[(int) out.count()];
        long[] at = new long[labels.length()];
        long turns = Shape.of(sizes).count();
        for (long turn = 0; turn < turns; turn++) {
            long rest = turn;
            for (int l = labels.length() - 1; l >= 0; l--) {
                at[l] = rest % sizes[l];
                rest /= sizes[l];
            }
            double product = 1;
            for (int i = 0; i < terms.length; i++) {
                product *= operands.get(i)
                        .elements()
                        .get(place(terms[i], labels, at, operands.get(i).shape()));
            }
            result[place(sides[1], labels, at, out)] += product;
        }
        return result;
    }

    private static int place(String term, String labels, long[] at, Shape shape) {
        long place = 0;
        for (int axis = 0; axis < term.length(); axis++) {
            place = place * shape.dim(axis) + at[labels.indexOf(term.charAt(axis))];
        }
        return (int) place;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ab,bc->ac",
                "ab,bc->ca",
                "ab,cb->ac",
                "ba,bc->ac",
                "a,a->",
                "a,a->a",
                "a,b->ab",
                "a,b->ba",
                "ab->ba",
                "ab->",
                "ab->b",
                "aa->a",
                "aa->",
                "aaa->a",
                "abab->ab",
                "abab->ba",
                "aab,bcc->ca",
                "abc,abd->acd",
                "abc,abd->dac",
                "abc,cd,bd->a",
                "abc,bc->abc",
                "ab,ab->",
                "abc,->cab",
                ",->",
                "abcd,dcb->a",
                "ab,bc,cd,de->ae",
                "ab,bc,ca->",
                "ab,ac,ad->bcd",
                "a,b,c->abc",
                "ab,bc,cd,de,ef->af",
                "ab,bc,cd,de,ef,fg,gh,hi->ai",
                "ab,bc,cd,da,ea,fb,gc->efg",
                "aab,bbc,ccd,dda,ab,cd,e->ec"
            })
    void agreesWithLoops(String subscripts) {
        List<Array> operands = operands(subscripts, DType.F64);
        Tensor result = Einsum.of(subscripts).apply(operands);
        String output = subscripts.substring(subscripts.indexOf('>') + 1);
        assertThat(result.shape())
                .isEqualTo(
                        Shape.of(output.chars().mapToLong(c -> extent((char) c)).toArray()));
        double[] expected = loops(subscripts, operands);
        assertThat(Array.of(result).toDoubles()).containsExactly(expected, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab,bc->ac", "ab,bc,cd->da", "aa->a", "ab,ab->b"})
    void multipliesIntegersExactly(String subscripts) {
        List<Array> operands = operands(subscripts, DType.I64);
        long[] expected = Arrays.stream(loops(subscripts, operands))
                .mapToLong(v -> (long) v)
                .toArray();
        assertThat(Array.of(Einsum.of(subscripts).apply(operands)).toLongs()).isEqualTo(expected);
    }

    private static final Array X = random(new Random(1), DType.F64, Shape.of(2, 3, 3));
    private static final Array Y = random(new Random(2), DType.F64, Shape.of(4, 1, 3, 2));

    @Test
    void anEllipsisStandsForTheOtherAxesAndBroadcasts() {
        assertThat(Tensor.einsum("...ij->...ji", X)).isEqualTo(X.mT());
        assertThat(Tensor.einsum("...ii", X)).isEqualTo(Tensor.einsum("bii->b", X));
        assertThat(Tensor.einsum("i...", X)).isEqualTo(X.permute(1, 2, 0));
        Tensor product = Tensor.einsum("...ij, ...jk -> ...ik", X, Y);
        assertThat(product.shape()).isEqualTo(Shape.of(4, 2, 3, 2));
        assertThat(Array.of(product).toDoubles())
                .containsExactly(Array.of(X.matmul(Y)).toDoubles(), within(1e-14));
        assertThat(Tensor.einsum("...,...", X, Array.scalar(2.0))).isEqualTo(X.mul(2));
        Tensor ones = Tensor.einsum("...a,...a->...", X.slice(0, 0, 1), X.slice(0, 1, 2));
        assertThat(ones.shape()).isEqualTo(Shape.of(1, 3));
    }

    @Test
    void withoutAnArrowTheOutputIsWhatOccursOnceInTheOrderOfTheAlphabet() {
        Tensor y = X.slice(2, 0, 2);
        assertThat(Tensor.einsum("bca", y)).isEqualTo(y.permute(2, 0, 1));
        assertThat(Tensor.einsum("kij,kjh", X, X).shape()).isEqualTo(Shape.of(3, 3));
        assertThat(Tensor.einsum("bii", X)).isEqualTo(Tensor.einsum("bii->b", X));
    }

    @Test
    void extentsOfZero() {
        Tensor none = Array.zeros(DType.F64, 2, 0);
        assertThat(Tensor.einsum("ij,kj->ik", none, none)).isEqualTo(Array.zeros(DType.F64, 2, 2));
        assertThat(Tensor.einsum("ij,kj->jik", none, none).shape()).isEqualTo(Shape.of(0, 2, 2));
    }

    /// The chain of CLRS, exercise 15.2: its cheapest order costs 15,125 multiplications.
    @Test
    void thePathOfAMatrixChainIsTheCheapest() {
        List<Shape> chain = List.of(
                Shape.of(30, 35),
                Shape.of(35, 15),
                Shape.of(15, 5),
                Shape.of(5, 10),
                Shape.of(10, 20),
                Shape.of(20, 25));
        ContractionPath path = Einsum.of("ab,bc,cd,de,ef,fg->ag").path(chain);
        assertThat(path.multiplications()).isEqualTo(15_125);
        assertThat(path).hasToString("""
                ab,bc,cd,de,ef,fg->ag: 5 products, 15125 multiplications (all at once 1968750000), largest intermediate 750 elements
                  1,2 -> 6  bc,cd->bd  2625
                  0,6 -> 7  ab,bd->ad  5250
                  3,4 -> 8  de,ef->df  1000
                  8,5 -> 9  df,fg->dg  2500
                  7,9 -> 10  ad,dg->ag  3750""");
    }

    @Test
    void theExactPathIsNeverWorseThanTheOrderGivenAndTheGreedyOneIsAPath() {
        Random random = new Random(7);
        for (int round = 0; round < 50; round++) {
            int n = 2 + round % 7;
            List<String> terms = new ArrayList<>();
            List<Shape> shapes = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                int first = random.nextInt(5);
                int second = 5 + random.nextInt(5);
                terms.add("" + LETTERS.charAt(first) + LETTERS.charAt(second));
                shapes.add(Shape.of(extent(LETTERS.charAt(first)), extent(LETTERS.charAt(second))));
            }
            String subscripts = String.join(",", terms) + "->" + terms.getFirst();
            ContractionPath path = Einsum.of(subscripts).path(shapes);
            assertThat(path.steps()).hasSize(n - 1);
            if (n <= 3) {
                assertThat(path.multiplications()).isLessThanOrEqualTo(path.allAtOnce());
            }
            double[] expected = loops(subscripts, operands(subscripts, DType.F64));
            Tensor result = Einsum.of(subscripts).apply(operands(subscripts, DType.F64));
            assertThat(Array.of(result).toDoubles()).containsExactly(expected, within(1e-9));
        }
    }

    @Test
    void productsByName() {
        Array x = Array.of(1.0, 2, 3);
        Array y = Array.of(4.0, 5, 6);
        assertThat(Array.of(x.dot(y)).item()).isEqualTo(32);
        assertThat(x.outer(Array.of(1.0, 10))).isEqualTo(Array.of(new double[][] {{1, 10}, {2, 20}, {3, 30}}));
        assertThat(Array.of(x.inner(y)).item()).isEqualTo(32);
        assertThat(x.inner(Array.scalar(2.0))).isEqualTo(Array.of(2.0, 4, 6));
        close(X.inner(Y.mT()), Tensor.einsum("abk,cdek->abcde", X, Y.mT()));
        close(X.tensordot(Y, 0), Tensor.einsum("abc,defg->abcdefg", X, Y));
        close(X.tensordot(X.permute(2, 1, 0), 2), Tensor.einsum("abc,dcb->ad", X, X));
        close(X.tensordot(Y, List.of(-1), List.of(2)), Tensor.einsum("abc,decf->abdef", X, Y));
        close(X.tensordot(X, List.of(2, 0), List.of(1, 0)), Tensor.einsum("abc,acd->bd", X, X));
        close(X.matVec(x), Tensor.einsum("bij,j->bi", X, x));
        close(X.matVec(X.take(1, 0)), Tensor.einsum("bij,bj->bi", X, X.take(1, 0)));
    }

    private static void close(Tensor actual, Tensor expected) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        assertThat(Array.of(actual).toDoubles())
                .containsExactly(Array.of(expected).toDoubles(), within(1e-12));
    }

    @Test
    void errorsNameTheLabelAndTheWayOut() {
        Array x = Array.zeros(DType.F32, 2, 3);
        Array y = Array.zeros(DType.F32, 4, 5);
        assertThatThrownBy(() -> Tensor.einsum("ij,jk->ik", x, y))
                .isInstanceOf(ShapeMismatch.class)
                .hasMessage(
                        "einsum: f32[2,3] and f32[4,5]: label j is 3 along axis 1 of operand 0 and 4 along axis 0 of"
                                + " operand 1");
        assertThatThrownBy(() -> Tensor.einsum("...,...", x, y))
                .hasMessage("einsum: f32[2,3] and f32[4,5]: extents of '...' must be equal or 1, not 2 along axis 0 of"
                        + " operand 0 and 4 along axis 0 of operand 1");
        argument("ij->ik", "einsum: the output of 'ij->ik' has the label k, which no operand has", x);
        argument(
                "ij->ii",
                "einsum: the output of 'ij->ii' has the label i twice; x.diagonalMatrix() puts an axis on a diagonal",
                x);
        argument(
                "ij,jk->ik",
                "einsum: 'ij,jk->ik' has 2 terms but 1 operand was given; terms are separated by commas",
                x);
        argument("ij", "einsum: 'ij' has 1 term but 2 operands were given; terms are separated by commas", x, y);
        argument(
                "i->i",
                "einsum: the term 'i' names 1 axis, operand 0 of type f32[2,3] has 2; '...' stands for axes without a"
                        + " letter",
                x);
        argument("ijk...", "einsum: the term 'ijk...' names 3 axes, operand 0 of type f32[2,3] has 2", x);
        argument(
                "...j->j",
                "einsum: '...' of '...j->j' stands for 1 axes, but the output has no '...'; give axes letters to sum"
                        + " over them",
                x);
        argument(
                "i.j",
                "einsum: '.' in the term 'i.j' is neither a letter nor '...'; subscripts read like 'ij,jk->ik'",
                x);
        argument("...i...", "einsum: the term '...i...' has more than one '...'", x);
        assertThatThrownBy(() -> Tensor.einsum("ij,ij", x, x.to(DType.F64)))
                .isInstanceOf(DTypeMismatch.class)
                .hasMessage("einsum: f32[2,3] and f64[2,3]: element types must be equal; convert, for instance with"
                        + " x.to(DType.F32)");
        assertThatThrownBy(() -> x.dot(x))
                .hasMessage("dot: f32[2,3] and f32[2,3]: needs two vectors of equal extent; matmul multiplies matrices,"
                        + " inner the last axes");
        assertThatThrownBy(() -> x.tensordot(y, 1))
                .hasMessage("tensordot: f32[2,3] and f32[4,5]: axis 1 of the left side (3) must equal axis 0 of the"
                        + " right side (4)");
        assertThatThrownBy(() -> x.tensordot(y, List.of(0, 0), List.of(0, 1)))
                .hasMessage("tensordot: axes [0, 0] of f32[2,3] and [0, 1] of f32[4,5] are no pairs of different axes");
        assertThatThrownBy(() -> x.tensordot(y, 3))
                .hasMessage("tensordot: 3 axes cannot be summed over for f32[2,3] and f32[4,5]");
        assertThatThrownBy(() -> x.matVec(y))
                .hasMessage(
                        "matVec: f32[2,3] and f32[4,5]: columns of the matrices (axis -1) must equal elements of the"
                                + " vectors (axis -1)");
    }

    private static void argument(String subscripts, String message, Tensor... operands) {
        assertThatThrownBy(() -> Tensor.einsum(subscripts, operands))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage(message);
    }
}
