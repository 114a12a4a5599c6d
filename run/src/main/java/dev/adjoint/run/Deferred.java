package dev.adjoint.run;

import dev.adjoint.tensor.Elements;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Elements that are made when they are first asked for, once, whichever thread asks.
final class Deferred implements Supplier<Elements> {
    private final Supplier<Elements> source;
    private volatile @Nullable Elements elements;

    Deferred(Supplier<Elements> source) {
        this.source = source;
    }

    @Override
    public Elements get() {
        Elements known = elements;
        return known == null ? made() : known;
    }

    private synchronized Elements made() {
        Elements known = elements;
        if (known == null) {
            known = source.get();
            elements = known;
        }
        return known;
    }
}
