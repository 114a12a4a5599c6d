package dev.adjoint.jvm;

import dev.adjoint.tensor.DType;
import java.util.Arrays;

/// Evenly spaced elements of an array of one type, handled as a line: copied, set, added.
enum Lines {
    F32 {
        @Override
        void strided(Object from, int at, int step, Object to, int toAt, int toStep, int count) {
            float[] x = (float[]) from;
            float[] y = (float[]) to;
            for (int i = 0; i < count; i++) {
                y[toAt + i * toStep] = x[at + i * step];
            }
        }

        @Override
        void fill(Object to, int at, int count, double value) {
            Arrays.fill((float[]) to, at, at + count, (float) value);
        }

        @Override
        void add(Object from, int at, int step, Object to, int toAt, int toStep, int count) {
            float[] x = (float[]) from;
            float[] y = (float[]) to;
            for (int i = 0; i < count; i++) {
                y[toAt + i * toStep] += x[at + i * step];
            }
        }

        @Override
        void gather(Object from, int at, int[] places, int first, Object to, int toAt, int count) {
            float[] x = (float[]) from;
            float[] y = (float[]) to;
            for (int i = 0; i < count; i++) {
                int place = places[first + i];
                y[toAt + i] = place < 0 ? 0 : x[at + place];
            }
        }

        @Override
        void scatter(Object values, int from, int[] places, int first, Object to, int at, int count) {
            float[] x = (float[]) values;
            float[] y = (float[]) to;
            for (int i = 0; i < count; i++) {
                int place = places[first + i];
                if (place >= 0) {
                    y[at + place] += x[from + i];
                }
            }
        }
    },
    F64 {
        @Override
        void strided(Object from, int at, int step, Object to, int toAt, int toStep, int count) {
            double[] x = (double[]) from;
            double[] y = (double[]) to;
            for (int i = 0; i < count; i++) {
                y[toAt + i * toStep] = x[at + i * step];
            }
        }

        @Override
        void fill(Object to, int at, int count, double value) {
            Arrays.fill((double[]) to, at, at + count, value);
        }

        @Override
        void add(Object from, int at, int step, Object to, int toAt, int toStep, int count) {
            double[] x = (double[]) from;
            double[] y = (double[]) to;
            for (int i = 0; i < count; i++) {
                y[toAt + i * toStep] += x[at + i * step];
            }
        }

        @Override
        void gather(Object from, int at, int[] places, int first, Object to, int toAt, int count) {
            double[] x = (double[]) from;
            double[] y = (double[]) to;
            for (int i = 0; i < count; i++) {
                int place = places[first + i];
                y[toAt + i] = place < 0 ? 0 : x[at + place];
            }
        }

        @Override
        void scatter(Object values, int from, int[] places, int first, Object to, int at, int count) {
            double[] x = (double[]) values;
            double[] y = (double[]) to;
            for (int i = 0; i < count; i++) {
                int place = places[first + i];
                if (place >= 0) {
                    y[at + place] += x[from + i];
                }
            }
        }
    },
    I32 {
        @Override
        void strided(Object from, int at, int step, Object to, int toAt, int toStep, int count) {
            int[] x = (int[]) from;
            int[] y = (int[]) to;
            for (int i = 0; i < count; i++) {
                y[toAt + i * toStep] = x[at + i * step];
            }
        }

        @Override
        void fill(Object to, int at, int count, double value) {
            Arrays.fill((int[]) to, at, at + count, (int) value);
        }

        @Override
        void add(Object from, int at, int step, Object to, int toAt, int toStep, int count) {
            int[] x = (int[]) from;
            int[] y = (int[]) to;
            for (int i = 0; i < count; i++) {
                y[toAt + i * toStep] += x[at + i * step];
            }
        }

        @Override
        void gather(Object from, int at, int[] places, int first, Object to, int toAt, int count) {
            int[] x = (int[]) from;
            int[] y = (int[]) to;
            for (int i = 0; i < count; i++) {
                int place = places[first + i];
                y[toAt + i] = place < 0 ? 0 : x[at + place];
            }
        }

        @Override
        void scatter(Object values, int from, int[] places, int first, Object to, int at, int count) {
            int[] x = (int[]) values;
            int[] y = (int[]) to;
            for (int i = 0; i < count; i++) {
                int place = places[first + i];
                if (place >= 0) {
                    y[at + place] += x[from + i];
                }
            }
        }
    },
    I64 {
        @Override
        void strided(Object from, int at, int step, Object to, int toAt, int toStep, int count) {
            long[] x = (long[]) from;
            long[] y = (long[]) to;
            for (int i = 0; i < count; i++) {
                y[toAt + i * toStep] = x[at + i * step];
            }
        }

        @Override
        void fill(Object to, int at, int count, double value) {
            Arrays.fill((long[]) to, at, at + count, (long) value);
        }

        @Override
        void add(Object from, int at, int step, Object to, int toAt, int toStep, int count) {
            long[] x = (long[]) from;
            long[] y = (long[]) to;
            for (int i = 0; i < count; i++) {
                y[toAt + i * toStep] += x[at + i * step];
            }
        }

        @Override
        void gather(Object from, int at, int[] places, int first, Object to, int toAt, int count) {
            long[] x = (long[]) from;
            long[] y = (long[]) to;
            for (int i = 0; i < count; i++) {
                int place = places[first + i];
                y[toAt + i] = place < 0 ? 0 : x[at + place];
            }
        }

        @Override
        void scatter(Object values, int from, int[] places, int first, Object to, int at, int count) {
            long[] x = (long[]) values;
            long[] y = (long[]) to;
            for (int i = 0; i < count; i++) {
                int place = places[first + i];
                if (place >= 0) {
                    y[at + place] += x[from + i];
                }
            }
        }
    },
    BYTES {
        @Override
        void strided(Object from, int at, int step, Object to, int toAt, int toStep, int count) {
            byte[] x = (byte[]) from;
            byte[] y = (byte[]) to;
            for (int i = 0; i < count; i++) {
                y[toAt + i * toStep] = x[at + i * step];
            }
        }

        @Override
        void fill(Object to, int at, int count, double value) {
            Arrays.fill((byte[]) to, at, at + count, (byte) value);
        }

        @Override
        void add(Object from, int at, int step, Object to, int toAt, int toStep, int count) {
            byte[] x = (byte[]) from;
            byte[] y = (byte[]) to;
            for (int i = 0; i < count; i++) {
                y[toAt + i * toStep] += x[at + i * step];
            }
        }

        @Override
        void gather(Object from, int at, int[] places, int first, Object to, int toAt, int count) {
            byte[] x = (byte[]) from;
            byte[] y = (byte[]) to;
            for (int i = 0; i < count; i++) {
                int place = places[first + i];
                y[toAt + i] = place < 0 ? 0 : x[at + place];
            }
        }

        @Override
        void scatter(Object values, int from, int[] places, int first, Object to, int at, int count) {
            byte[] x = (byte[]) values;
            byte[] y = (byte[]) to;
            for (int i = 0; i < count; i++) {
                int place = places[first + i];
                if (place >= 0) {
                    y[at + place] += x[from + i];
                }
            }
        }
    },
    BOOL {
        @Override
        void strided(Object from, int at, int step, Object to, int toAt, int toStep, int count) {
            byte[] x = (byte[]) from;
            byte[] y = (byte[]) to;
            for (int i = 0; i < count; i++) {
                y[toAt + i * toStep] = x[at + i * step];
            }
        }

        @Override
        void fill(Object to, int at, int count, double value) {
            Arrays.fill((byte[]) to, at, at + count, value != 0 ? (byte) 1 : 0);
        }

        // The sum of truths is true where one of them is: "not zero".
        @Override
        void add(Object from, int at, int step, Object to, int toAt, int toStep, int count) {
            byte[] x = (byte[]) from;
            byte[] y = (byte[]) to;
            for (int i = 0; i < count; i++) {
                y[toAt + i * toStep] |= x[at + i * step];
            }
        }

        @Override
        void gather(Object from, int at, int[] places, int first, Object to, int toAt, int count) {
            byte[] x = (byte[]) from;
            byte[] y = (byte[]) to;
            for (int i = 0; i < count; i++) {
                int place = places[first + i];
                y[toAt + i] = place < 0 ? 0 : x[at + place];
            }
        }

        @Override
        void scatter(Object values, int from, int[] places, int first, Object to, int at, int count) {
            byte[] x = (byte[]) values;
            byte[] y = (byte[]) to;
            for (int i = 0; i < count; i++) {
                int place = places[first + i];
                if (place >= 0) {
                    y[at + place] |= x[from + i];
                }
            }
        }
    };

    static Lines of(DType dtype) {
        return switch (dtype) {
            case F32 -> F32;
            case F64 -> F64;
            case I32 -> I32;
            case I64 -> I64;
            case I8, U8 -> BYTES;
            case BOOL -> BOOL;
            case BF16, F16 -> throw new IllegalStateException(dtype + " is handled as f32");
        };
    }

    abstract void strided(Object from, int at, int step, Object to, int toAt, int toStep, int count);

    /// Sets neighbouring elements.
    abstract void fill(Object to, int at, int count, double value);

    /// `y[toAt + i·toStep] += x[at + i·step]`.
    abstract void add(Object from, int at, int step, Object to, int toAt, int toStep, int count);

    /// `y[toAt + i] = x[at + places[first + i]]`, and 0 where the place is negative.
    abstract void gather(Object from, int at, int[] places, int first, Object to, int toAt, int count);

    /// `y[at + places[first + i]] += x[from + i]`, and nothing where the place is negative.
    abstract void scatter(Object values, int from, int[] places, int first, Object to, int at, int count);

    /// `y[toAt + i·toStep] = x[at + i·step]`.
    final void copy(Object from, int at, int step, Object to, int toAt, int toStep, int count) {
        if (step == 1 && toStep == 1) {
            System.arraycopy(from, at, to, toAt, count);
        } else {
            strided(from, at, step, to, toAt, toStep, count);
        }
    }
}
