/// Tables whose columns are numbers or categories. In come comma-separated files and what is known of their columns; out
/// goes a typed table with its missing cells, and a data set whose features are numbers: a category becomes one column for
/// each value it may have.
@NullMarked
package dev.adjoint.data.table;

import org.jspecify.annotations.NullMarked;
