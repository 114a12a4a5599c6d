/// What is wrong with a training, found before hours are spent on it. In goes a [dev.adjoint.train.diagnosis.Subject]: a model,
/// its training step and some batches; out come results with a verdict, figures, and what to try.
/// [dev.adjoint.train.diagnosis.Diagnosis] makes all checks; each can be made alone, and some again and again while a network
/// is trained ([dev.adjoint.train.diagnosis.LayerMonitor], [dev.adjoint.train.diagnosis.RatioMonitor]).
@NullMarked
package dev.adjoint.train.diagnosis;

import org.jspecify.annotations.NullMarked;
