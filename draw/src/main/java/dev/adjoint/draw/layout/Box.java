package dev.adjoint.draw.layout;

import dev.adjoint.draw.svg.Point;

/// Something that takes room: an operator, a name, with all words that belong to it.
///
/// @param size its extent
/// @param docks where wires end and start
/// @param rank which layers it may stand in
public record Box(Point size, Docks docks, Rank rank) {
    /// Which layers a box may stand in.
    public enum Rank {
        /// The first, where the graph begins.
        FIRST,
        /// The one that makes wires short.
        FREE,
        /// The last, where the graph ends.
        LAST
    }
}
