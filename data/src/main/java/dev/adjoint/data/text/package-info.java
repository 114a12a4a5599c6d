/// Text to learn from. In come text files in UTF-8; a tokenizer (characters, words, or byte pairs trained here) turns text into
/// tokens and tokens into text; out go windows of tokens, each with the tokens that follow it.
@NullMarked
package dev.adjoint.data.text;

import org.jspecify.annotations.NullMarked;
