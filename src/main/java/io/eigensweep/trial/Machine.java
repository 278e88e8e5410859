package io.eigensweep.trial;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * The machine and the build that compute a row.
 *
 * @param host the machine's name
 * @param cpu the processor: model name, family, model, stepping, and whether AVX-512 is there,
 *     which together decide the kernels that the matrix library chooses
 * @param javaVersion the JVM's version
 * @param codeVersion the project's version
 * @param gitCommit the commit the code was built from
 */
public record Machine(
    String host, String cpu, String javaVersion, String codeVersion, String gitCommit) {

  /** This machine and this build. */
  public static Machine current() {
    Properties build = build();
    return new Machine(
        hostName(),
        processor(),
        Runtime.version().toString(),
        build.getProperty("version", "unknown"),
        build.getProperty("commit", "unknown"));
  }

  /** Everything that the bits of a trial's numbers depend on beside the trial, as one text. */
  String circumstances(String blas) {
    return String.join("|", Integer.toString(Numerics.VERSION), codeVersion, gitCommit, cpu, blas);
  }

  private static Properties build() {
    Properties properties = new Properties();
    try (InputStream in = Machine.class.getResourceAsStream("/io/eigensweep/build.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new IllegalStateException("can't read the build's own properties", e);
    }
    return properties;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  private static String processor() {
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(info)) {
      return System.getProperty("os.arch");
    }
    try {
      return describe(Files.readAllLines(info, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }

  static String describe(List<String> cpuInfo) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String line : cpuInfo) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        fields.putIfAbsent(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
      }
    }
    String name = fields.getOrDefault("model name", System.getProperty("os.arch"));
    if (!fields.containsKey("cpu family")) {
      return name;
    }
    Set<String> flags = Set.of(fields.getOrDefault("flags", "").split(" "));
    return name
        + " (family "
        + fields.get("cpu family")
        + " model "
        + fields.get("model")
        + " stepping "
        + fields.get("stepping")
        + (flags.contains("avx512f") ? ", avx512)" : ")");
  }
}
