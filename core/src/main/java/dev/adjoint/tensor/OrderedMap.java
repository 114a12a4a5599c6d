package dev.adjoint.tensor;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A map that never changes and keeps its order, as the parts of a tree have one ([Tree]).
///
/// Maps that a [Form] makes share their keys, so that a training step, which makes its state anew, makes no tables of them.
///
/// @param <K> the keys
/// @param <V> the values
public final class OrderedMap<K, V> extends AbstractMap<K, V> {
    private final Keys<K> keys;
    private final List<V> values;

    private OrderedMap(Keys<K> keys, List<V> values) {
        this.keys = keys;
        this.values = values;
    }

    /// A map with the entries of another one, in its order; the other one itself if it is such a map.
    public static <K, V> Map<K, V> copyOf(Map<K, V> map) {
        return map instanceof OrderedMap<K, V> ordered
                ? ordered
                : new OrderedMap<>(new Keys<>(map.keySet()), new ArrayList<>(map.values()));
    }

    @Override
    public boolean containsKey(Object key) {
        return keys.numbers.containsKey(key);
    }

    @Override
    @SuppressWarnings("exports") // a mark for tools
    public @Nullable V get(Object key) {
        Integer number = keys.numbers.get(key);
        return number == null ? null : values.get(number);
    }

    @Override
    public Set<Entry<K, V>> entrySet() {
        return new Entries();
    }

    private final class Entries extends AbstractSet<Entry<K, V>> {
        @Override
        public int size() {
            return values.size();
        }

        @Override
        public Iterator<Entry<K, V>> iterator() {
            return new EntryIterator();
        }
    }

    private final class EntryIterator implements Iterator<Entry<K, V>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < values.size();
        }

        @Override
        public Entry<K, V> next() {
            Entry<K, V> entry = new SimpleImmutableEntry<>(keys.list.get(next), values.get(next));
            next++;
            return entry;
        }
    }

    /// Keys in order.
    ///
    /// @param <K> the keys
    static final class Keys<K> {
        private final List<K> list;
        private final Map<K, Integer> numbers = new HashMap<>();

        Keys(Iterable<? extends K> keys) {
            List<K> all = new ArrayList<>();
            for (K key : keys) {
                numbers.put(key, all.size());
                all.add(key);
            }
            this.list = Collections.unmodifiableList(all);
        }

        List<K> list() {
            return list;
        }

        /// The map of these keys to values, in order.
        <V> Map<K, V> with(List<V> values) {
            return new OrderedMap<>(this, values);
        }

        /// The values of a map of this class with the same keys in the same order, without a walk over its entries; null for
        /// other maps.
        @Nullable
        List<?> valuesOf(Map<?, ?> map) {
            return map instanceof OrderedMap<?, ?> ordered && isSame(ordered.keys) ? ordered.values : null;
        }

        @SuppressWarnings("ReferenceEquality") // saves the comparison
        private boolean isSame(Keys<?> other) {
            if (other == this) {
                return true;
            }
            boolean same = other.list.size() == list.size();
            for (int i = 0; same && i < list.size(); i++) {
                same = Objects.equals(list.get(i), other.list.get(i));
            }
            return same;
        }
    }
}
