package dev.adjoint.io;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/// The law of the data of a safetensors file: the tensors fill it from the first byte to the last, without gap or
/// overlap.
final class Layout {
    /// What a Java array can hold.
    private static final int MOST_ELEMENTS = Integer.MAX_VALUE - 8;

    private Layout() {}

    /// The entries in the order of their bytes.
    ///
    /// @param dataBytes how many bytes follow the header
    /// @throws CorruptFile if the law is broken or an entry is not as long as its type demands
    static List<Entry> check(Path file, List<Entry> entries, long dataBytes) {
        entries.forEach(entry -> checkRange(file, entry, dataBytes));
        List<Entry> ordered = entries.stream()
                .sorted(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end))
                .toList();
        long end = 0;
        for (Entry entry : ordered) {
            if (entry.begin() != end) {
                String what = entry.begin() < end ? "overlaps the entry before it" : "leaves a gap before it";
                throw new CorruptFile(
                        file, entry.title() + " " + what + ": it begins at byte " + entry.begin() + ", not " + end);
            }
            end = entry.end();
        }
        if (end != dataBytes) {
            throw new CorruptFile(file, (dataBytes - end) + " bytes follow the last entry");
        }
        return ordered;
    }

    private static void checkRange(Path file, Entry entry, long dataBytes) {
        if (entry.begin() > entry.end() || entry.end() > dataBytes) {
            throw new CorruptFile(
                    file,
                    entry.title() + " lies at bytes " + entry.begin() + " to " + entry.end() + " of " + dataBytes
                            + " bytes of data");
        }
        long held = entry.end() - entry.begin();
        // Divided, not multiplied: the number of elements may be near 2⁶³.
        int size = entry.type().dtype().bytes();
        if (held % size != 0 || held / size != entry.type().shape().count()) {
            throw new CorruptFile(
                    file,
                    entry.title() + " holds " + held + " bytes, but " + entry.type() + " has "
                            + entry.type().shape().count() + " elements of " + size + " bytes");
        }
        if (held / size > MOST_ELEMENTS) {
            throw new CorruptFile(
                    file,
                    entry.title() + " has " + (held / size) + " elements; at most " + MOST_ELEMENTS + " fit a tensor");
        }
    }
}
