package dev.adjoint.run;

import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Shape;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Arrays as NumPy prints them: columns aligned, large ones with their middle left out.
final class ArrayText {
    /// Above this many elements only the edges are printed, as in NumPy.
    private static final int SUMMARISED = 1000;

    private static final int EDGE = 3;

    private final Shape shape;
    private final String[] cells;
    private final boolean summarised;

    private ArrayText(Array array) {
        this.shape = array.shape();
        this.summarised = shape.count() > SUMMARISED;
        this.cells = cells(array.elements());
    }

    static String print(Array array) {
        StringBuilder text = new StringBuilder();
        new ArrayText(array).append(text, 0, 0);
        return text.append(' ').append(array.type()).toString();
    }

    private String[] cells(Elements elements) {
        int[] shown = IntStream.range(0, elements.count()).filter(this::isShown).toArray();
        IntFunction<String> number = elements.dtype().isFloating()
                ? FloatText.of(elements, shown)::text
                : i -> elements.text(i).replace("true", "True").replace("false", "False");
        String[] texts = new String[elements.count()];
        Arrays.fill(texts, "");
        Arrays.stream(shown).forEach(i -> texts[i] = number.apply(i));
        int width = Arrays.stream(texts).mapToInt(String::length).max().orElse(0);
        Arrays.stream(shown).forEach(i -> texts[i] = " ".repeat(width - texts[i].length()) + texts[i]);
        return texts;
    }

    private boolean isShown(int offset) {
        long rest = offset;
        boolean shown = true;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            shown &= isShown((int) (rest % shape.dim(axis)), shape.dim(axis));
            rest /= shape.dim(axis);
        }
        return shown;
    }

    private boolean isShown(int index, long extent) {
        return !summarised || index < EDGE || index >= extent - EDGE;
    }

    private void append(StringBuilder text, int axis, int offset) {
        if (axis == shape.rank()) {
            text.append(cells[offset]);
            return;
        }
        text.append('[');
        int extent = (int) shape.dim(axis);
        int block = (int) shape.part(axis + 1, shape.rank()).count();
        for (int i = 0; i < extent; i++) {
            if (isShown(i, extent)) {
                separate(text, axis, i);
                append(text, axis + 1, offset + i * block);
            } else if (i == EDGE) {
                separate(text, axis, i);
                text.append("...");
            }
        }
        text.append(']');
    }

    private void separate(StringBuilder text, int axis, int index) {
        int inner = shape.rank() - axis - 1;
        if (index > 0) {
            text.append(inner == 0 ? " " : "\n".repeat(inner) + " ".repeat(axis + 1));
        }
    }
}
