package dev.adjoint.cli.training;

import dev.adjoint.data.Dataset;
import dev.adjoint.data.Split;
import dev.adjoint.data.catalog.DataSource;
import dev.adjoint.data.image.ImageFolder;
import dev.adjoint.data.table.Encoding;
import dev.adjoint.data.table.TypedTable;
import dev.adjoint.nn.zoo.Models;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.NearestNames;
import dev.adjoint.train.optimizer.Optimizers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a configuration names: the data and the network, before the data is read.
///
/// @param given the configuration
/// @param source the data
/// @param model the network, if one is named
record Plan(Configuration given, DataSource source, Optional<Selection> model) {
    /// @throws InvalidArgument if a name is unknown, or the network is not for this kind of data
    static Plan of(Configuration given) {
        Optional<Selection> model = given.checked(
                Setting.MODEL,
                () -> given.find(Setting.MODEL).map(Selection::parse).map(Plan::known));
        DataSource named = given.checked(Setting.DATA, () -> DataSource.parse(given.text(Setting.DATA, Usual.IMAGES)));
        model.ifPresent(selection -> requireKind(selection, named, given));
        boolean readable = given.text(Setting.SKIP_CORRUPT).equals("true");
        DataSource source = readable ? given.checked(Setting.SKIP_CORRUPT, () -> ReadableImages.of(named)) : named;
        return new Plan(given, source, model);
    }

    /// The names of all networks.
    static List<String> names() {
        return Stream.concat(
                        Stream.of(Models.values()).map(Models::label),
                        Stream.of(TextModels.values()).map(TextModels::label))
                .toList();
    }

    private static Selection known(Selection selection) {
        if (!names().contains(selection.name())) {
            throw NearestNames.unknown("model", selection.name(), names());
        }
        return selection;
    }

    private static void requireKind(Selection model, DataSource source, Configuration given) {
        boolean forText = TextModels.find(model.name()).isPresent();
        boolean isText = source instanceof DataSource.Text;
        String data = given.text(Setting.DATA, Usual.IMAGES);
        if (forText && !isText) {
            throw new InvalidArgument("model " + model.name() + " takes text, and " + data
                    + " is none; give it --data text:FILE, or choose another model");
        }
        if (isText && !forText) {
            throw new InvalidArgument("model " + model.name() + " takes labelled examples, and " + data
                    + " is text; models of text are "
                    + String.join(
                            ", ",
                            Stream.of(TextModels.values())
                                    .map(TextModels::label)
                                    .toList()));
        }
        if (!forText && !model.settings().isEmpty()) {
            throw new InvalidArgument("model " + model.name() + " has no settings, such as "
                    + model.settings().keySet().iterator().next());
        }
    }

    /// The rate that is usual for the optimiser, where one is chosen.
    private Configuration withRate() {
        Optional<String> optimizer = given.find(Setting.OPTIMIZER);
        if (optimizer.isEmpty() || given.find(Setting.LR).isPresent()) {
            return given;
        }
        double rate = given.checked(
                Setting.OPTIMIZER,
                () -> Optimizers.named(Selection.parse(optimizer.get()).name()).usualRate());
        return given.with(Setting.LR, Double.toString(rate));
    }

    Experiment experiment() {
        if (source instanceof DataSource.Text text) {
            Selection selection = model.orElseGet(() -> Selection.parse("gpt"));
            if (!given.find(Setting.AUGMENT).orElse("none").equals("none")) {
                throw new InvalidArgument("--augment changes images, and the data is text");
            }
            Configuration complete = withRate().complete(Usual.TEXT, selection.name());
            TextModels kind = TextModels.find(selection.name()).orElseThrow();
            Task task = given.checked(Setting.MODEL, () -> new TextTask(kind, selection, text, HeldOut.of(given)));
            return new Experiment(complete, task);
        }
        HeldOut heldOut = HeldOut.of(given);
        if (!(source instanceof DataSource.CsvFile)) {
            return experiment(new Classification.Material(
                    given.checked(Setting.TEST, () -> heldOut.split(source)), Optional.empty(), heldOut, leftOut()));
        }
        Table table = Table.of(source);
        return experiment(new Classification.Material(
                given.checked(Setting.TEST, () -> heldOut.split(table.all())), table.encoding(), heldOut, List.of()));
    }

    private List<ImageFolder.Corrupt> leftOut() {
        return source instanceof DataSource.Images images ? images.leftOut() : List.of();
    }

    /// All labelled examples, and how the columns of a file became numbers.
    private record Table(Dataset all, Optional<Encoding> encoding) {
        static Table of(DataSource source) {
            if (!(source instanceof DataSource.CsvFile csv)) {
                return new Table(source.dataset(), Optional.empty());
            }
            TypedTable table = csv.table();
            Encoding encoding = Encoding.of(table);
            return new Table(encoding.apply(table), Optional.of(encoding));
        }
    }

    private Experiment experiment(Classification.Material material) {
        Split split = material.split();
        String name =
                model.map(Selection::name).orElse(split.train().exampleShape().rank() == 3 ? "lenet" : "mlp");
        Configuration complete = withRate().complete(Usual.of(split.train().exampleShape()), name);
        Models network = Models.named(name).orElseThrow();
        String augment = complete.text(Setting.AUGMENT);
        given.checked(Setting.AUGMENT, () -> Change.parse(augment, split.train().exampleShape()));
        Task task = given.checked(Setting.MODEL, () -> new Classification(network, material, augment));
        return new Experiment(complete, task);
    }

    List<Experiment> folds(int count) {
        if (source instanceof DataSource.Text) {
            throw new InvalidArgument("--folds parts labelled examples, and the data is text");
        }
        List<Experiment> experiments = new ArrayList<>();
        if (given.find(Setting.TEST).isPresent()) {
            throw new InvalidArgument("--folds and --test both say what is held out; give one of them");
        }
        Table table = Table.of(source);
        for (Split split : HeldOut.folds(table.all(), count)) {
            experiments.add(
                    experiment(new Classification.Material(split, table.encoding(), HeldOut.of(given), leftOut())));
        }
        return experiments;
    }
}
