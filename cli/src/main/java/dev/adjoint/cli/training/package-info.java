/// Runs of training as folders: what a run is made of ([dev.adjoint.cli.training.Setting]), what it computes
/// ([dev.adjoint.cli.training.Experiment]), what it leaves behind ([dev.adjoint.cli.training.RunFolder]) and how it is
/// followed. In come a setting and a folder, out go files and the figures of the last epoch.
@NullMarked
package dev.adjoint.cli.training;

import org.jspecify.annotations.NullMarked;
