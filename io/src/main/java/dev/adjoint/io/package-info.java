/// Tensors and models as files. In come named tensors, or a model whose tensors are named by their paths; out comes a
/// file in the [safetensors format](https://github.com/huggingface/safetensors), and the other way round. Files are
/// believed in nothing: what is not exactly in the format is [dev.adjoint.io.CorruptFile]. They are written whole or
/// not at all ([dev.adjoint.io.AtomicFile]); a training's states are kept in a [dev.adjoint.io.CheckpointFolder].
@NullMarked
package dev.adjoint.io;

import org.jspecify.annotations.NullMarked;
