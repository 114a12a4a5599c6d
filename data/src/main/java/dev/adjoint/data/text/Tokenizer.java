package dev.adjoint.data.text;

/// Text as numbers and back. A tokenizer never changes.
public interface Tokenizer {
    /// The number of different tokens; a token lies in 0 … size−1.
    int size();

    /// The tokens of a text.
    ///
    /// @throws dev.adjoint.tensor.InvalidArgument if the text holds something that has no token here
    int[] encode(String text);

    /// The text of tokens.
    ///
    /// @throws dev.adjoint.tensor.InvalidArgument if one of them is no token
    String decode(int... tokens);
}
