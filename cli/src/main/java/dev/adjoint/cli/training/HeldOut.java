package dev.adjoint.cli.training;

import dev.adjoint.data.Dataset;
import dev.adjoint.data.Split;
import dev.adjoint.data.catalog.DataSource;
import dev.adjoint.data.text.TextData;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import java.util.Optional;
import java.util.stream.IntStream;

/// What a training holds out to be measured with: a share of every class, `0.2`, or the last examples, `last:1500`. Of a text
/// it is the end either way. Where nothing is said, it is what the source itself holds out, or a usual share.
///
/// @param said the text of [Setting#TEST], in its one form
public record HeldOut(Optional<String> said) {
    private static final String LAST = "last:";
    private static final double SHARE = 0.2;
    private static final double SHARE_OF_TEXT = 0.1;

    /// The same examples are held out whatever the seed, so that runs can be compared.
    private static final Key DRAW = Key.of(0);

    static HeldOut of(Configuration configuration) {
        return new HeldOut(configuration.find(Setting.TEST));
    }

    /// The text in its one form.
    ///
    /// @throws InvalidArgument if it is neither a share nor a number of examples
    static String read(String text) {
        try {
            return text.startsWith(LAST)
                    ? LAST + Kind.COUNT.read(text.substring(LAST.length()))
                    : Kind.INNER_SHARE.read(text);
        } catch (InvalidArgument e) {
            throw new InvalidArgument(
                    "must be a share such as 0.2, or the last examples as in last:1500, not '" + text + "'");
        }
    }

    Split split(DataSource source) {
        return said.map(_ -> split(source.dataset())).orElseGet(() -> source.split(SHARE, DRAW));
    }

    /// @throws InvalidArgument if that leaves one of the parts empty
    Split split(Dataset all) {
        Optional<Integer> last = last(all.size(), "examples", all.name());
        if (last.isEmpty()) {
            return all.split(said.map(Double::valueOf).orElse(SHARE), DRAW);
        }
        int train = all.size() - last.get();
        return new Split(
                all.select(IntStream.range(0, train).toArray()),
                all.select(IntStream.range(train, all.size()).toArray()));
    }

    /// @throws InvalidArgument if that leaves one of the parts empty
    TextData.Parts split(TextData all) {
        return last(all.length(), "characters", all.name())
                .map(count -> all.split((double) count / all.length()))
                .orElseGet(() -> all.split(said.map(Double::valueOf).orElse(SHARE_OF_TEXT)));
    }

    private Optional<Integer> last(int size, String what, String name) {
        return said.filter(text -> text.startsWith(LAST)).map(text -> {
            int count = Integer.parseInt(text.substring(LAST.length()));
            if (count >= size) {
                throw new InvalidArgument("--test " + text + " leaves nothing of the " + size + " " + what + " of "
                        + name + " to learn from");
            }
            return count;
        });
    }

    /// The splits of cross-validation.
    static Iterable<Split> folds(Dataset all, int count) {
        return all.folds(count, DRAW);
    }
}
