package dev.adjoint.jvm;

import dev.adjoint.tensor.DType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;

/// How many columns a [Product] has, and the class for it.
///
/// [FloatProduct] and [DoubleProduct] are loaded once for every width, because the compiler counts how often the loops
/// of a class go round and unrolls them no further than a tenth of that. What it has compiled for narrow products would
/// stay for wide ones: 48 instead of 80 billion operations a second at 512 columns, two rows by four steps.
enum Width {
    /// Up to four vectors.
    NARROW {
        @Override
        Product product(DType dtype) {
            return dtype == DType.F32 ? Narrow.FLOATS : Narrow.DOUBLES;
        }
    },
    /// Loops that are unrolled to a part of a vector.
    MEDIUM {
        @Override
        Product product(DType dtype) {
            return dtype == DType.F32 ? Medium.FLOATS : Medium.DOUBLES;
        }
    },
    /// Ten vectors and more: loops that are unrolled to whole vectors.
    WIDE {
        @Override
        Product product(DType dtype) {
            return dtype == DType.F32 ? Wide.FLOATS : Wide.DOUBLES;
        }
    };

    static Width of(int columns, int bytes) {
        int size = columns * bytes;
        if (size <= 4 * Product.VECTOR) {
            return NARROW;
        }
        return size < 10 * Product.VECTOR ? MEDIUM : WIDE;
    }

    /// One without extents, to make others by [Product#ofSize].
    abstract Product product(DType dtype);

    // Classes of their own, so that a program loads the copies that it needs.

    private static final class Narrow {
        static final Product FLOATS = new FloatProduct(0, 0, 0);
        static final Product DOUBLES = new DoubleProduct(0, 0, 0);
    }

    private static final class Medium {
        static final Product FLOATS = copy(FloatProduct.class);
        static final Product DOUBLES = copy(DoubleProduct.class);
    }

    private static final class Wide {
        static final Product FLOATS = copy(FloatProduct.class);
        static final Product DOUBLES = copy(DoubleProduct.class);
    }

    private static Product copy(Class<? extends Product> original) {
        try (InputStream code = original.getResourceAsStream(original.getSimpleName() + ".class")) {
            if (code == null) {
                throw new IllegalStateException(original + " does not find its own code");
            }
            return (Product) MethodHandles.lookup()
                    .defineHiddenClass(code.readAllBytes(), true)
                    .lookupClass()
                    .getDeclaredConstructor(int.class, int.class, int.class)
                    .newInstance(0, 0, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(original + " cannot be loaded again", e);
        }
    }
}
