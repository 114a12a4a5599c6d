package dev.adjoint.onednn;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.List;

/// Native objects of one owner, freed when it is no longer reachable, the last first.
final class Natives {
    private static final Cleaner CLEANER = Cleaner.create();

    private final Dnnl dnnl;
    private final List<Runnable> frees;

    /// @param owner whose fields hold the objects; nothing here may lead back to it
    Natives(Object owner, Dnnl dnnl) {
        List<Runnable> frees = new ArrayList<>();
        this.dnnl = dnnl;
        this.frees = frees;
        CLEANER.register(owner, () -> {
            synchronized (frees) {
                frees.reversed().forEach(Runnable::run);
            }
        });
    }

    /// Takes an object over that a function of the library frees.
    MemorySegment own(String destroy, MemorySegment object) {
        Dnnl library = dnnl;
        synchronized (frees) {
            frees.add(() -> library.destroy(destroy, object));
        }
        return object;
    }
}
