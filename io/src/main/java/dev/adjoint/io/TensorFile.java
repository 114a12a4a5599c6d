package dev.adjoint.io;

import dev.adjoint.run.Array;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a file of tensors holds.
///
/// @param tensors by name, in the order of their bytes in the file
/// @param metadata free text by name, in the order of the file
public record TensorFile(Map<String, Array> tensors, Map<String, String> metadata) {
    public TensorFile {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }
}
