package dev.adjoint.cli;

import dev.adjoint.bench.Workload;
import dev.adjoint.cli.training.Experiment;
import dev.adjoint.cli.training.Setting;
import dev.adjoint.data.Dataset;
import dev.adjoint.data.catalog.DataSource;
import dev.adjoint.nn.zoo.Models;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.NearestNames;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What the names on the command line stand for. A name that stands for nothing is a wrong call.
final class Named {
    private Named() {}

    /// The network of this name.
    static Models model(String name) {
        return Models.named(name).orElseThrow(() -> unknown("model", name, models()));
    }

    /// The workload of this name.
    static Workload workload(String name) {
        List<String> known = Stream.of(Workload.values()).map(Workload::label).toList();
        return Workload.named(name).orElseThrow(() -> unknown("workload", name, known));
    }

    private static UsageError unknown(String kind, String name, List<String> known) {
        String nearest = NearestNames.hint(name, known);
        String hint = nearest.isEmpty() ? "; there are " + String.join(", ", known) : nearest;
        return new UsageError("no " + kind + " is called '" + name + "'" + hint);
    }

    static List<String> models() {
        return Stream.of(Models.values()).map(Models::label).toList();
    }

    /// The data set of this name or file; a file that cannot be read is no wrong call, but work that failed.
    static Dataset dataset(String name) {
        return checked(() -> DataSource.parse(name).dataset());
    }

    /// The experiment of a setting.
    static Experiment experiment(Setting setting, Dataset dataset) {
        return checked(() -> new Experiment(setting, model(setting.model()), dataset));
    }

    /// What comes of arguments that may not fit together; if they do not, the call is wrong.
    static <T> T checked(Supplier<T> work) {
        try {
            return work.get();
        } catch (InvalidArgument e) {
            throw new UsageError(e);
        }
    }
}
