/// Networks over time. In come sequences `[N,T,I]` and a state, out go results for every step and the last state, from which
/// the next piece of the sequences goes on. A [dev.adjoint.nn.recurrent.Cell] is one step with its weights
/// ([dev.adjoint.nn.recurrent.Lstm], [dev.adjoint.nn.recurrent.Gru], [dev.adjoint.nn.recurrent.Rnn]);
/// [dev.adjoint.nn.recurrent.Stacked] and [dev.adjoint.nn.recurrent.Bidirectional] put several together.
@NullMarked
package dev.adjoint.nn.recurrent;

import org.jspecify.annotations.NullMarked;
