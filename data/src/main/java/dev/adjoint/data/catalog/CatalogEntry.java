package dev.adjoint.data.catalog;

import dev.adjoint.data.Dataset;
import dev.adjoint.data.Datasets;
import dev.adjoint.data.download.RemoteSet;
import dev.adjoint.data.generated.GeneratedSet;
import java.util.ArrayList;
import java.util.List;

/// What is known of a data set that has a name.
///
/// @param name its name
/// @param origin where it is
/// @param examples how many it has
/// @param example the shape of the features of one, for instance `[1,8,8]`
/// @param classes how many it has
/// @param licence under which its data may be used
public record CatalogEntry(String name, Origin origin, int examples, String example, int classes, String licence) {
    private static final String UCI = "CC BY 4.0";

    /// Where a data set is.
    public enum Origin {
        /// Inside Adjoint.
        EMBEDDED,
        /// Calculated when it is asked for.
        GENERATED,
        /// On a server; `adjoint data fetch` brings it.
        DOWNLOAD
    }

    /// All data sets that have a name: those inside, then the generated ones, then those to download.
    public static List<CatalogEntry> all() {
        List<CatalogEntry> entries = new ArrayList<>();
        for (String name : Datasets.names()) {
            entries.add(of(Datasets.named(name), Origin.EMBEDDED, UCI));
        }
        for (GeneratedSet set : GeneratedSet.values()) {
            entries.add(of(new DataSource.Generated(set).dataset(), Origin.GENERATED, "none needed"));
        }
        for (RemoteSet set : RemoteSet.all()) {
            String licence = set.equals(RemoteSet.MNIST) ? "CC BY-SA 3.0" : "MIT";
            entries.add(new CatalogEntry(set.label(), Origin.DOWNLOAD, 70_000, "[1,28,28]", 10, licence));
        }
        return entries;
    }

    private static CatalogEntry of(Dataset dataset, Origin origin, String licence) {
        return new CatalogEntry(
                dataset.name(),
                origin,
                dataset.size(),
                dataset.exampleShape().toString(),
                dataset.classNames().size(),
                licence);
    }
}
