package dev.adjoint.jvm;

import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import java.util.Arrays;

/// The lower median of every row of floats by selection (Hoare, "Find", 1961): in linear time, where sorting takes n·log n.
/// Where the pivots are bad for long, what is left is sorted. NaN if one is NaN.
final class MedianKernel implements Kernel {
    /// Elements of a part: some 100 µs.
    private static final int PART = 1 << 14;

    /// Below this many, sorting is faster.
    private static final int FEW = 32;

    private final int rows;
    private final int length;
    private final Workers workers;

    MedianKernel(int rows, int length, Workers workers) {
        this.rows = rows;
        this.length = length;
        this.workers = workers;
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        float[] x = inputs[0].floats();
        float[] y = outputs[0].floats();
        int grain = Math.max(1, PART / length);
        workers.run(Math.ceilDiv(rows, grain), part -> {
            for (int row = part * grain; row < Math.min(rows, (part + 1) * grain); row++) {
                y[row] = median(Arrays.copyOfRange(x, row * length, (row + 1) * length));
            }
        });
    }

    private static float median(float[] row) {
        for (float number : row) {
            if (Float.isNaN(number)) {
                return number;
            }
        }
        int place = (row.length - 1) / 2;
        int low = 0;
        int high = row.length - 1;
        for (int left = 2 * (32 - Integer.numberOfLeadingZeros(row.length)); high - low > FEW && left > 0; left--) {
            float pivot = middle(row[low], row[(low + high) >>> 1], row[high]);
            int i = low;
            int j = high;
            while (i <= j) {
                while (row[i] < pivot) {
                    i++;
                }
                while (row[j] > pivot) {
                    j--;
                }
                if (i <= j) {
                    float swapped = row[i];
                    row[i++] = row[j];
                    row[j--] = swapped;
                }
            }
            if (place > j && place < i) {
                return row[place];
            }
            low = place >= i ? i : low;
            high = place <= j ? j : high;
        }
        Arrays.sort(row, low, high + 1);
        return row[place];
    }

    private static float middle(float a, float b, float c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }
}
