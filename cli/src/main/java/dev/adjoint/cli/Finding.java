package dev.adjoint.cli;

import dev.adjoint.cli.text.Decimal;
import dev.adjoint.onednn.NativeLibrary;
import dev.adjoint.run.KernelProvider;
import dev.adjoint.run.Kernels;
import java.nio.charset.Charset;
import java.util.List;

/// Something about the machine that matters to Adjoint.
///
/// @param name what it is
/// @param found what was found
/// @param expected what is needed or of use
/// @param ok whether what is needed was found
/// @param advice what to do, empty if there is nothing to do
record Finding(String name, String found, String expected, boolean ok, String advice) {
    private static final long LEAST_MEMORY = 512L << 20;

    /// Everything that matters, in the order of the table.
    static List<Finding> all() {
        return List.of(jdk(), system(), vector(), oneDnn(), kernels(), threads(), memory(), letters());
    }

    private static Finding jdk() {
        Runtime.Version version = Runtime.version();
        String found = version + ", " + System.getProperty("java.vm.name") + " of " + System.getProperty("java.vendor");
        boolean ok = version.feature() >= 25;
        return new Finding("JDK", found, "25 or newer", ok, ok ? "" : "get one from https://adoptium.net");
    }

    private static Finding system() {
        String found = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
        return new Finding("system", found, "any", true, "");
    }

    private static Finding vector() {
        boolean loaded = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        return new Finding(
                "vector module",
                loaded ? "loaded" : "not loaded",
                "optional",
                true,
                loaded ? "" : "nothing; faster products with --add-modules jdk.incubator.vector");
    }

    private static Finding oneDnn() {
        NativeLibrary library = NativeLibrary.installed();
        return new Finding(
                "oneDNN",
                library.state(),
                "optional",
                true,
                library.symbols().isPresent() ? "" : "nothing; the JVM kernels do the work");
    }

    private static Finding kernels() {
        return new Finding("kernels", String.join(", ", providers()), "reference", true, "");
    }

    private static List<String> providers() {
        return Kernels.installed().providers().stream()
                .map(KernelProvider::name)
                .toList();
    }

    private static Finding threads() {
        int threads = Runtime.getRuntime().availableProcessors();
        return new Finding(
                "threads",
                Integer.toString(threads),
                "1 or more",
                true,
                threads > 1 ? "" : "more processors train faster");
    }

    private static Finding memory() {
        long bytes = Runtime.getRuntime().maxMemory();
        boolean ok = bytes >= LEAST_MEMORY;
        return new Finding(
                "memory for Java",
                Decimal.bytes(bytes),
                Decimal.bytes(LEAST_MEMORY) + " or more",
                ok,
                ok ? "" : "ADJOINT_JAVA_OPTS=-Xmx1g ./adjoint …");
    }

    private static Finding letters() {
        String encoding =
                System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name());
        boolean ok = encoding.equalsIgnoreCase("UTF-8");
        return new Finding(
                "letters in arguments",
                encoding,
                "UTF-8",
                true,
                ok ? "" : "LC_ALL=C.UTF-8 ./adjoint …, or write sigmoid for σ");
    }
}
