package dev.adjoint.onednn;

import dev.adjoint.compile.Epilogue;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Kernels of convolutions, one for all that are equal, for as long as somebody uses it: a deep network has many, and a plan asks
/// for each several times before it is made. The library takes milliseconds to make the code for one.
final class SharedConvolutions {
    private final Map<Extents, WeakReference<Kernel>> known = new ConcurrentHashMap<>();

    /// What a kernel does with the sums of its products before it writes them.
    private enum Ending {
        PLAIN,
        BIAS,
        BIAS_AND_RAMP;

        static Ending of(Optional<Epilogue> epilogue) {
            return epilogue.map(found -> found.isRamp() ? BIAS_AND_RAMP : BIAS).orElse(PLAIN);
        }
    }

    /// What a kernel is made for.
    private record Extents(Direction direction, Images images, Ending ending, Workers workers) {}

    /// The kernel that is known, or one that is made.
    Optional<Kernel> of(ConvolutionCluster convolution, Workers workers, Supplier<Optional<Kernel>> make) {
        Ending ending = Ending.of(convolution.epilogue());
        Extents extents = new Extents(convolution.direction(), convolution.images(), ending, workers);
        Optional<Kernel> kernel = Optional.ofNullable(known.get(extents)).map(WeakReference::get);
        return kernel.isPresent() ? kernel : made(extents, make);
    }

    private Optional<Kernel> made(Extents extents, Supplier<Optional<Kernel>> make) {
        known.values().removeIf(reference -> reference.get() == null);
        Optional<Kernel> made = make.get();
        made.ifPresent(kernel -> known.put(extents, new WeakReference<>(kernel)));
        return made;
    }
}
