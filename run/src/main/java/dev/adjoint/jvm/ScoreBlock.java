package dev.adjoint.jvm;

/// Scores of some keys with some queries, `[keys,queries]` without gaps, and how they are masked. All that belongs to a query is
/// then a sum or a maximum of whole rows. A thread tells its own anew for
/// every block, so that a run makes no objects.
final class ScoreBlock {
    /// The room of the [Scores].
    final Object scores;

    int keys;
    int queries;

    /// What scores are multiplied by.
    double scale;

    /// The last key that the first query looks at; each further query looks at one more.
    int sees;

    /// Whether there is a mask beside causality.
    boolean isMasked;

    /// Numbers that are added, or bytes that are 0 for what is hidden.
    Object mask = new byte[0];

    /// Where the mask of the first key and query is.
    int maskAt;

    int maskKeyStride;
    int maskQueryStride;

    ScoreBlock(Object scores) {
        this.scores = scores;
    }

    /// How many queries do not look at a key, but for a given mask: the first ones.
    int hidden(int key) {
        return Math.clamp((long) key - sees, 0, queries);
    }

    /// The first key that is hidden from some query.
    int firstHidden() {
        return Math.clamp((long) sees + 1, 0, keys);
    }
}
