package dev.adjoint.data;

import dev.adjoint.tensor.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The splits of k-fold cross-validation: the rows of every class are dealt to the folds one by one, and each fold is the
/// test part once.
final class Folds {
    private Folds() {}

    static List<Split> of(Dataset dataset, int count, Key key) {
        List<Key> keys = key.split(3);
        int[] foldOfRow = deal(dataset, count, keys.get(0));
        List<Split> splits = new ArrayList<>();
        for (int fold = 0; fold < count; fold++) {
            int held = fold;
            IntStream rows = IntStream.range(0, dataset.size());
            int[] test = rows.filter(row -> foldOfRow[row] == held).toArray();
            int[] train = IntStream.range(0, dataset.size())
                    .filter(row -> foldOfRow[row] != held)
                    .toArray();
            splits.add(new Split(
                    dataset.select(Stratified.permuted(train, keys.get(1).fold(fold))),
                    dataset.select(Stratified.permuted(test, keys.get(2).fold(fold)))));
        }
        return splits;
    }

    /// The fold of each row. Dealing goes on where the class before ended, so that the sizes differ by at most one.
    private static int[] deal(Dataset dataset, int count, Key key) {
        int[] foldOfRow = new int[dataset.size()];
        int[][] members = Stratified.members(dataset);
        int dealt = 0;
        for (int c = 0; c < members.length; c++) {
            for (int row : Stratified.permuted(members[c], key.fold(c))) {
                foldOfRow[row] = dealt++ % count;
            }
        }
        return foldOfRow;
    }
}
