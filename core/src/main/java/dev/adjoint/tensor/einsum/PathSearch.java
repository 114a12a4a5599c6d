package dev.adjoint.tensor.einsum;

import java.util.ArrayList;
import java.util.List;

/// In which order factors are multiplied pair by pair. Up to [#EXACT] factors it is the cheapest of all orders, by dynamic
/// programming over the sets of factors; beyond, the next pair is always the one that makes the memory grow least. Both are
/// those of `opt_einsum` (Smith and Gray, 2018).
final class PathSearch {
    /// Up to here 3ⁿ divisions of sets are tried.
    static final int EXACT = 6;

    private final Network network;
    private final List<Pair> pairs = new ArrayList<>();

    private PathSearch(Network network) {
        this.network = network;
    }

    /// Two factors to multiply. Factors are numbered as given; the product of step k is number n + k.
    record Pair(int left, int right) {}

    static List<Pair> pairs(Network network) {
        PathSearch search = new PathSearch(network);
        if (network.terms().size() <= EXACT) {
            search.exact();
        } else {
            search.greedy();
        }
        return List.copyOf(search.pairs);
    }

    /// The cheapest way to multiply a set of factors.
    ///
    /// @param cost the multiplications
    /// @param largest the elements of the largest intermediate
    /// @param left the set that is the left factor of the last step, 0 for a single factor
    private record Best(double cost, double largest, int left) {
        boolean beats(Best other) {
            return cost < other.cost || (cost == other.cost && largest < other.largest);
        }
    }

    private void exact() {
        int n = network.terms().size();
        int all = (1 << n) - 1;
        List<String> labels = new ArrayList<>(List.of(""));
        List<Best> best = new ArrayList<>(List.of(new Best(0, 0, 0)));
        for (int set = 1; set <= all; set++) {
            labels.add(Labels.both(Labels.distinct(joined(set)), joined(all & ~set) + network.output()));
            best.add(Integer.bitCount(set) == 1 ? new Best(0, 0, 0) : best(set, labels, best));
        }
        emit(all, best);
    }

    private String joined(int set) {
        StringBuilder labels = new StringBuilder();
        for (int i = 0; i < network.terms().size(); i++) {
            labels.append((set >> i & 1) == 1 ? network.terms().get(i) : "");
        }
        return labels.toString();
    }

    private Best best(int set, List<String> labels, List<Best> known) {
        Best best = new Best(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0);
        int lowest = Integer.lowestOneBit(set);
        for (int left = (set - 1) & set; left > 0; left = (left - 1) & set) {
            if ((left & lowest) == 0) {
                continue; // the same division, the other way round
            }
            Best x = known.get(left);
            Best y = known.get(set ^ left);
            double cost = x.cost + y.cost + network.cost(labels.get(left), labels.get(set ^ left));
            double largest = Math.max(network.size(labels.get(set)), Math.max(x.largest, y.largest));
            Best next = new Best(cost, largest, left);
            best = best.left == 0 || next.beats(best) ? next : best;
        }
        return best;
    }

    /// Adds the steps for a set and returns the number of its product.
    private int emit(int set, List<Best> best) {
        if (Integer.bitCount(set) == 1) {
            return Integer.numberOfTrailingZeros(set);
        }
        int left = emit(best.get(set).left, best);
        int right = emit(set ^ best.get(set).left, best);
        return add(left, right);
    }

    private int add(int left, int right) {
        pairs.add(new Pair(left, right));
        return network.terms().size() + pairs.size() - 1;
    }

    /// A factor that is not used up.
    private record Factor(int number, String labels) {}

    private void greedy() {
        List<Factor> left = new ArrayList<>();
        for (int i = 0; i < network.terms().size(); i++) {
            left.add(new Factor(i, network.terms().get(i)));
        }
        while (left.size() > 1) {
            Pair next = cheapest(left);
            Factor x = left.get(next.left);
            Factor y = left.get(next.right);
            left.removeAll(List.of(x, y));
            left.add(new Factor(add(x.number, y.number), product(x, y, left)));
        }
    }

    private String product(Factor x, Factor y, List<Factor> others) {
        StringBuilder needed = new StringBuilder(network.output());
        others.stream()
                .filter(f -> f.number != x.number && f.number != y.number)
                .forEach(f -> needed.append(f.labels));
        return Network.product(x.labels, y.labels, needed.toString());
    }

    /// The places of the two factors whose product has the fewest elements more than they have.
    private Pair cheapest(List<Factor> left) {
        Pair best = new Pair(0, 1);
        double growth = Double.POSITIVE_INFINITY;
        double cost = Double.POSITIVE_INFINITY;
        for (int i = 0; i < left.size(); i++) {
            for (int j = i + 1; j < left.size(); j++) {
                Factor x = left.get(i);
                Factor y = left.get(j);
                double more = network.size(product(x, y, left)) - network.size(x.labels) - network.size(y.labels);
                double products = network.cost(x.labels, y.labels);
                if (more < growth || (more == growth && products < cost)) {
                    best = new Pair(i, j);
                    growth = more;
                    cost = products;
                }
            }
        }
        return best;
    }
}
