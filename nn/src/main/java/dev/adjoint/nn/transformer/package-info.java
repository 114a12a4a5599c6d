/// Attention and what is built of it. In come sequences of vectors `[N,T,width]`, out go as many vectors of the same width.
/// [dev.adjoint.nn.transformer.MultiHeadAttention] mixes the steps, a block adds what each step makes of it by itself
/// ([dev.adjoint.nn.transformer.TransformerBlock], [dev.adjoint.nn.transformer.DecoderBlock]), and a
/// [dev.adjoint.nn.transformer.KeyValueCache] keeps what later steps look back at.
@NullMarked
package dev.adjoint.nn.transformer;

import org.jspecify.annotations.NullMarked;
