package dev.adjoint.data;

import dev.adjoint.tensor.Key;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// A split that gives every class the share in both parts that it has in the whole.
final class Stratified {
    private Stratified() {}

    static Split split(Dataset dataset, int test, Key key) {
        List<Key> keys = key.split(3);
        int[][] members = members(dataset);
        int[] quotas = quotas(members, test, dataset.size());
        IntStream.Builder held = IntStream.builder();
        IntStream.Builder rest = IntStream.builder();
        for (int c = 0; c < members.length; c++) {
            int[] rows = permuted(members[c], keys.get(0).fold(c));
            for (int i = 0; i < rows.length; i++) {
                (i < quotas[c] ? held : rest).add(rows[i]);
            }
        }
        // Class by class so far: an order that no batch should have.
        return new Split(
                dataset.select(permuted(rest.build().toArray(), keys.get(1))),
                dataset.select(permuted(held.build().toArray(), keys.get(2))));
    }

    /// The rows of each class.
    static int[][] members(Dataset dataset) {
        long[] labels = dataset.labels().elements().longs();
        int[][] members = new int[dataset.classNames().size()][0];
        int[] counts = dataset.classCounts();
        Arrays.setAll(members, c -> new int[counts[c]]);
        for (int row = labels.length - 1; row >= 0; row--) {
            int c = (int) labels[row];
            members[c][--counts[c]] = row;
        }
        return members;
    }

    /// How many of each class go to the test part: members · test / all rounded down, and the rest to the classes that
    /// lost most by that (largest remainders).
    private static int[] quotas(int[][] members, int test, int all) {
        int[] quotas = new int[members.length];
        long[] lost = new long[members.length];
        for (int c = 0; c < members.length; c++) {
            long exact = (long) members[c].length * test;
            quotas[c] = (int) (exact / all);
            lost[c] = exact % all;
        }
        IntStream.range(0, members.length)
                .boxed()
                .sorted(Comparator.comparingLong((Integer c) -> lost[c]).reversed())
                .limit(test - Arrays.stream(quotas).sum())
                .forEach(c -> quotas[c]++);
        return quotas;
    }

    /// The rows in an order that belongs to the key.
    static int[] permuted(int[] rows, Key key) {
        return Arrays.stream(key.permutation(rows.length)).map(i -> rows[i]).toArray();
    }
}
