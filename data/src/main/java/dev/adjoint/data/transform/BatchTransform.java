package dev.adjoint.data.transform;

import dev.adjoint.data.Batch;
import dev.adjoint.tensor.Key;
import java.util.List;

/// A change of a batch in which every example has a random key of its own.
@FunctionalInterface
public interface BatchTransform {
    /// The changed batch.
    ///
    /// @param keys one for each example; what happens to an example depends on its own key alone
    Batch apply(Batch batch, List<Key> keys);

    /// No change.
    static BatchTransform none() {
        return (batch, _) -> batch;
    }

    /// This change, then another, with unrelated keys.
    default BatchTransform then(BatchTransform next) {
        return (batch, keys) -> next.apply(
                apply(batch, keys.stream().map(key -> key.fold(0)).toList()),
                keys.stream().map(key -> key.fold(1)).toList());
    }
}
