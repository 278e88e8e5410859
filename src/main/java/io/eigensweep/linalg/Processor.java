package io.eigensweep.linalg;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A processor as Linux describes it in {@code /proc/cpuinfo}, whatever stands there: each
 * architecture has fields of its own, containers and hypervisors leave some out, and none of that
 * may stop a program that only wants a name for its rows.
 *
 * @param architecture as the JVM calls it: {@code amd64}, {@code aarch64}, …
 * @param description the model and what tells it from others of that name: family, model and
 *     stepping of x86, implementer, part, variant and revision of each kind of core of ARM, the
 *     revision of POWER, the instruction sets of RISC-V, and the vector instructions; the
 *     architecture when no model is known
 * @param flags the instruction sets that the system lets programs use
 */
public record Processor(String architecture, String description, Set<String> flags) {
  /** A thousand processors take more, and all that is of interest stands before that. */
  private static final int MOST_BYTES = 1 << 20;

  private static final int LONGEST = 120;

  /** Where a model is named; which of them there are depends on the architecture. */
  private static final List<String> NAMES =
      List.of("model name", "cpu model", "cpu", "uarch", "machine");

  /** What decides the kernels of a matrix library, or the width of the JVM's own vectors. */
  private static final List<String> VECTORS =
      List.of("avx", "avx2", "fma", "avx512f", "asimd", "sve", "sve2", "vx", "vxe", "lsx", "lasx");

  /** s390x: {@code processor 0: version = FF, identification = 133EF7, machine = 3906}. */
  private static final Pattern MACHINE = Pattern.compile("machine = (\\w+)");

  private static final Processor HERE = read(Path.of("/proc/cpuinfo"));

  public Processor {
    flags = Set.copyOf(flags);
  }

  /** The processor of this machine. */
  public static Processor here() {
    return HERE;
  }

  /** The processor that {@code cpuInfo} describes, a file that may be missing or unreadable. */
  static Processor read(Path cpuInfo) {
    String architecture = System.getProperty("os.arch", "unknown");
    try (InputStream in = Files.newInputStream(cpuInfo)) {
      return of(in.readNBytes(MOST_BYTES), architecture);
    } catch (IOException | SecurityException e) {
      return new Processor(architecture, architecture, Set.of());
    }
  }

  /** The processor that the text {@code cpuInfo} describes; values that are not UTF-8 are left. */
  static Processor of(byte[] cpuInfo, String architecture) {
    Map<String, String> fields = new HashMap<>();
    Map<String, String> core = new HashMap<>();
    Set<String> cores = new LinkedHashSet<>();
    for (String line : new String(cpuInfo, StandardCharsets.UTF_8).split("\\R", -1)) {
      int colon = line.indexOf(':');
      String key = colon < 0 ? "" : clean(line.substring(0, colon)).toLowerCase(Locale.ROOT);
      String value = colon < 0 ? "" : clean(line.substring(colon + 1));
      if (key.startsWith("processor")) {
        arm(core).ifPresent(cores::add);
        core.clear();
        Matcher machine = MACHINE.matcher(value);
        if (machine.find()) {
          fields.putIfAbsent("machine", "machine " + machine.group(1));
        }
      } else if (!value.isEmpty()) {
        fields.putIfAbsent(key, value);
        core.put(key, value);
      }
    }
    arm(core).ifPresent(cores::add);
    Set<String> flags = new LinkedHashSet<>();
    for (String key : List.of("flags", "features")) {
      flags.addAll(List.of(fields.getOrDefault(key, "").split(" ")));
    }
    flags.remove("");
    return new Processor(architecture, describe(architecture, fields, cores, flags), flags);
  }

  /** Whether programs may use the instructions that Linux calls {@code flag}. */
  boolean has(String flag) {
    return flags.contains(flag);
  }

  private static String describe(
      String architecture, Map<String, String> fields, Set<String> cores, Set<String> flags) {
    List<String> details = new ArrayList<>();
    add(details, named(fields, "family", "cpu family", "model", "model", "stepping", "stepping"));
    details.addAll(cores);
    add(details, named(fields, "revision", "revision"));
    add(details, named(fields, "isa", "isa", "vendor", "mvendorid", "arch", "marchid"));
    add(details, String.join(" ", VECTORS.stream().filter(flags::contains).toList()));
    String name =
        NAMES.stream()
            .flatMap(key -> Stream.ofNullable(fields.get(key)))
            .findFirst()
            .map(Processor::shortened)
            .orElse(architecture);
    return details.isEmpty() ? name : name + " (" + String.join(", ", details) + ")";
  }

  /** The name and number of a core of ARM, {@code Neoverse-N1 implementer 0x41 part 0xd0c …}. */
  private static Optional<String> arm(Map<String, String> core) {
    String implementer = core.get("cpu implementer");
    String part = core.get("cpu part");
    if (implementer == null || part == null) {
      return Optional.empty();
    }
    String name = ArmCores.name(implementer, part);
    String numbers =
        named(
            core,
            "implementer",
            "cpu implementer",
            "part",
            "cpu part",
            "variant",
            "cpu variant",
            "revision",
            "cpu revision");
    return Optional.of(name.isEmpty() ? numbers : name + " " + numbers);
  }

  /** {@code family 25 model 1} of the fields that are there; names and keys in turn. */
  private static String named(Map<String, String> fields, String... namesAndKeys) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < namesAndKeys.length; i += 2) {
      String value = fields.get(namesAndKeys[i + 1]);
      if (value != null) {
        parts.add(namesAndKeys[i] + " " + shortened(value));
      }
    }
    return String.join(" ", parts);
  }

  private static void add(List<String> details, String detail) {
    if (!detail.isEmpty()) {
      details.add(detail);
    }
  }

  /** One blank where there are several; nothing of a text that is damaged. */
  private static String clean(String text) {
    return text.indexOf('\uFFFD') >= 0 ? "" : text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }
}
