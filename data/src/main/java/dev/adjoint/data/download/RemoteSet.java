package dev.adjoint.data.download;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/// A data set that can be downloaded, with the digests of its files.
///
/// @param label what the set is called: `fashion-mnist`
/// @param mirror where the files are, unless the user knows a better place
/// @param files the files
public record RemoteSet(String label, URI mirror, List<RemoteFile> files) {
    /// Handwritten digits, 70,000 grey images of 28×28.
    public static final RemoteSet MNIST = of(
            "mnist",
            "https://ossci-datasets.s3.amazonaws.com/mnist/",
            new RemoteFile(
                    "train-images-idx3-ubyte.gz",
                    9_912_422,
                    "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
            new RemoteFile(
                    "train-labels-idx1-ubyte.gz",
                    28_881,
                    "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
            new RemoteFile(
                    "t10k-images-idx3-ubyte.gz",
                    1_648_877,
                    "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
            new RemoteFile(
                    "t10k-labels-idx1-ubyte.gz",
                    4_542,
                    "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"));

    /// Clothes and shoes, 70,000 grey images of 28×28.
    public static final RemoteSet FASHION_MNIST = of(
            "fashion-mnist",
            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
            new RemoteFile(
                    "train-images-idx3-ubyte.gz",
                    26_421_880,
                    "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
            new RemoteFile(
                    "train-labels-idx1-ubyte.gz",
                    29_515,
                    "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
            new RemoteFile(
                    "t10k-images-idx3-ubyte.gz",
                    4_422_102,
                    "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
            new RemoteFile(
                    "t10k-labels-idx1-ubyte.gz",
                    5_148,
                    "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"));

    public RemoteSet {
        files = List.copyOf(files);
    }

    private static RemoteSet of(String label, String mirror, RemoteFile... files) {
        return new RemoteSet(label, URI.create(mirror), List.of(files));
    }

    /// The sets that are known here.
    public static List<RemoteSet> all() {
        return List.of(MNIST, FASHION_MNIST);
    }

    /// The bytes of all files.
    public long bytes() {
        return files.stream().mapToLong(RemoteFile::bytes).sum();
    }

    /// The set of this name, if there is one.
    public static Optional<RemoteSet> named(String label) {
        return all().stream().filter(set -> set.label.equals(label)).findFirst();
    }
}
