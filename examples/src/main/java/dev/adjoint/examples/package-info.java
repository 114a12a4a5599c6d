/// Lessons, each a single file that can be read from top to bottom and run. In comes nothing; out goes a page of text
/// whose numbers are known from elsewhere: closed forms, lecture notes, published examples. Read them in this order:
/// [AddThenMultiply], [SigmoidNeuron], [StagedFunction], [GatePatterns], [MatrixGradients], [Perceptron],
/// [WorkedNetwork], [SecondDerivatives], [PolarCoordinates].
package dev.adjoint.examples;
