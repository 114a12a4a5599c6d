/// Examples to learn from. In come the data sets inside this module ([dev.adjoint.data.Datasets]) or tables in files
/// ([dev.adjoint.data.Csv]), and what the packages below read, download or calculate; all become a
/// [dev.adjoint.data.Dataset], which is split, standardised and shuffled by explicit keys, or other
/// [dev.adjoint.data.Examples]. Out go [dev.adjoint.data.Batch]es of tensors, the arguments of a training step. A data set
/// never changes, and a file that cannot be read as one is [dev.adjoint.data.UnreadableData].
@NullMarked
package dev.adjoint.data;

import org.jspecify.annotations.NullMarked;
