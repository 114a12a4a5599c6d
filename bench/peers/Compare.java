import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Runs every system on every workload with every number of threads, each in a process of its own, in turns: what disturbs
/// the machine for a while disturbs all. Of each system the best thread setting counts, by the median over the rounds.
final class Compare {
    private static final Path ROOT = Path.of(System.getProperty("root", "."));
    private static final List<String> WORKLOADS = List.of("mlp-small", "mlp", "lenet", "resnet18", "lstm", "gpt");
    private static final List<Integer> THREADS = List.of(1, 2);

    /// How a system is started, and what of its output names which figure.
    private enum Contender {
        ADJOINT("Adjoint") {
            @Override
            List<String> command(String workload, int threads, Options options) {
                return List.of(
                        ROOT.resolve("adjoint").toString(), "bench", workload, "--threads", "" + threads, "--json");
            }
        },
        LIBTORCH("libtorch"),
        DJL("DJL"),
        DL4J("DL4J");

        final String title;

        Contender(String title) {
            this.title = title;
        }

        List<String> command(String workload, int threads, Options options) {
            Path home = ROOT.resolve("bench/peers").resolve(name().toLowerCase(Locale.ROOT));
            String main = name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-Dai.djl.offline=true",
                    "-cp",
                    home.resolve("target/classes") + ":" + home.resolve("target/lib") + "/*"));
            if (options.quick) {
                command.addAll(List.of("-Dwarm=1", "-Dblocks=5", "-Dblock=0.2"));
            }
            command.addAll(List.of("dev.adjoint.peers." + main, workload, "" + threads));
            return command;
        }
    }

    /// What one process measured.
    private record Run(double ms, double firstLoss, double lastLoss, long resident) {}

    private record Setting(Contender system, int threads) {}

    private record Options(int rounds, boolean quick, List<Contender> systems, List<String> workloads) {
        static Options parse(String[] arguments) {
            int rounds = 3;
            boolean quick = false;
            List<Contender> systems = List.of(Contender.values());
            List<String> workloads = new ArrayList<>();
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--quick" -> quick = true;
                    case "--rounds" -> rounds = Integer.parseInt(arguments[++i]);
                    case "--systems" ->
                        systems = Arrays.stream(arguments[++i].split(","))
                                .map(name -> Contender.valueOf(name.toUpperCase(Locale.ROOT)))
                                .toList();
                    default -> workloads.add(arguments[i]);
                }
            }
            if (!WORKLOADS.containsAll(workloads)) {
                throw new IllegalArgumentException("the workloads are " + String.join(", ", WORKLOADS));
            }
            return new Options(quick ? 1 : rounds, quick, systems, workloads.isEmpty() ? WORKLOADS : workloads);
        }
    }

    private final Options options;
    private final Map<String, Map<Setting, List<Run>>> found = new LinkedHashMap<>();

    private Compare(Options options) {
        this.options = options;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try {
            new Compare(Options.parse(arguments)).run();
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            System.err.println("compare: " + e.getMessage()
                    + "; usage: run.sh [--quick] [--rounds N] [--systems adjoint,libtorch,djl,dl4j] [WORKLOAD …]");
            System.exit(2);
        }
    }

    private void run() throws IOException, InterruptedException {
        for (int round = 1; round <= options.rounds; round++) {
            for (String workload : options.workloads) {
                for (int threads : THREADS) {
                    for (Contender system : options.systems) {
                        System.err.printf("round %d: %s, %s, %d threads%n", round, workload, system.title, threads);
                        Setting setting = new Setting(system, threads);
                        one(workload, setting).ifPresent(run -> found.computeIfAbsent(
                                        workload, _ -> new HashMap<>())
                                .computeIfAbsent(setting, _ -> new ArrayList<>())
                                .add(run));
                    }
                }
            }
        }
        System.out.println(table());
    }

    /// A process with the number of threads, and without two runtimes that spin for each other.
    private Optional<Run> one(String workload, Setting setting) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(setting.system.command(workload, setting.threads, options));
        builder.environment().put("OMP_NUM_THREADS", "" + setting.threads);
        builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            System.err.println("  no result");
            return Optional.empty();
        }
        Run run = new Run(
                figure(output, "median_ms"),
                figure(output, "loss_first"),
                figure(output, "loss_last"),
                (long) figure(output, "resident_growth"));
        System.err.printf(Locale.ROOT, "  %.4f ms, loss %.4f → %.4f%n", run.ms, run.firstLoss, run.lastLoss);
        if (!(run.lastLoss < run.firstLoss)) {
            System.err.println("  learns nothing: not counted");
            return Optional.empty();
        }
        return Optional.of(run);
    }

    /// The number after a name: `name 1.5`, `"name":1.5`.
    private static double figure(String output, String name) {
        Matcher matcher = Pattern.compile(name + "\"?[ :]+([-+.\\dE]+)").matcher(output);
        return matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
    }

    private String table() {
        StringBuilder text = new StringBuilder("| workload |");
        options.systems.forEach(system -> text.append(' ').append(system.title).append(" ms |"));
        text.append(" best peer ÷ Adjoint |\n|---|").append("---:|".repeat(options.systems.size() + 1));
        found.forEach((workload, settings) -> text.append('\n').append(row(workload, settings)));
        return text + "\n\nMilliseconds a training step: the median of " + options.rounds
                + " rounds, at each system's best number of threads (in brackets).";
    }

    private String row(String workload, Map<Setting, List<Run>> settings) {
        Map<Contender, Map.Entry<Setting, Double>> best = new TreeMap<>();
        settings.forEach((setting, runs) -> {
            double ms = median(runs);
            best.merge(setting.system, Map.entry(setting, ms), (a, b) -> a.getValue() <= b.getValue() ? a : b);
        });
        StringBuilder row = new StringBuilder("| `" + workload + "` |");
        for (Contender system : options.systems) {
            Map.Entry<Setting, Double> entry = best.get(system);
            row.append(
                    entry == null
                            ? " – |"
                            : String.format(
                                    Locale.ROOT, " %.3g (%d) |", entry.getValue(), entry.getKey().threads()));
        }
        Map.Entry<Setting, Double> own = best.remove(Contender.ADJOINT);
        Optional<Double> peer = best.values().stream().map(Map.Entry::getValue).min(Double::compare);
        String ratio = own == null || peer.isEmpty()
                ? "–"
                : String.format(Locale.ROOT, "**%.2f**", peer.get() / own.getValue());
        return row.append(' ').append(ratio).append(" |").toString();
    }

    private static double median(List<Run> runs) {
        double[] ms = runs.stream().mapToDouble(Run::ms).sorted().toArray();
        return ms[ms.length / 2];
    }
}
