package dev.adjoint.onednn;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.net.URL;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The native library of this platform: found as a resource of the artifact `org.bytedeco:dnnl`, unpacked once to a folder
/// of the user, and loaded for the life of the process.
///
/// @param symbols the library's functions; absent if it could not be loaded
/// @param state what was loaded, or why nothing was, in one line
public record NativeLibrary(Optional<SymbolLookup> symbols, String state) {
    private static final System.Logger LOG = System.getLogger(NativeLibrary.class.getName());

    private static final class Holder {
        /// One for the whole process: a library cannot be loaded twice.
        static final NativeLibrary LOADED = load(platform(), NativeCache.ofUser());
    }

    /// The library of this machine, loaded when it is first asked for.
    public static NativeLibrary installed() {
        return Holder.LOADED;
    }

    /// How the artifact calls this platform.
    static String platform() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String system = os.startsWith("mac") ? "macosx" : os.startsWith("windows") ? "windows" : "linux";
        return system + "-" + (arch.equals("aarch64") ? "arm64" : arch.equals("amd64") ? "x86_64" : arch);
    }

    /// The files to load, in order: what the library needs comes before it.
    private static List<String> files(String platform) {
        return switch (platform.substring(0, platform.indexOf('-'))) {
            case "windows" -> List.of("dnnl.dll");
            case "macosx" -> List.of("libiomp5.dylib", "libdnnl.3.dylib");
            default -> List.of("libgomp.so.1", "libdnnl.so.3");
        };
    }

    @SuppressWarnings("restricted") // loading native code is what this class is for
    static NativeLibrary load(String platform, NativeCache cache) {
        String folder = "org/bytedeco/dnnl/" + platform + "/";
        SymbolLookup symbols = _ -> Optional.empty();
        try {
            for (String file : files(platform)) {
                URL resource = NativeLibrary.class.getClassLoader().getResource(folder + file);
                if (resource == null) {
                    return absent("no " + folder + file + " on the class path");
                }
                symbols = SymbolLookup.libraryLookup(cache.file(resource), Arena.global())
                        .or(symbols);
            }
        } catch (IOException e) {
            return absent("it cannot be unpacked: " + e.getMessage());
        } catch (IllegalArgumentException | IllegalCallerException e) {
            return absent(String.valueOf(e.getMessage()));
        }
        return new NativeLibrary(Optional.of(symbols), "loaded for " + platform);
    }

    private static NativeLibrary absent(String reason) {
        LOG.log(System.Logger.Level.INFO, "oneDNN is not used: {0}; the kernels of the JVM do the work", reason);
        return new NativeLibrary(Optional.empty(), "not loaded: " + reason);
    }
}
