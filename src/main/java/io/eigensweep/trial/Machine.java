package io.eigensweep.trial;

import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.Processor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The machine and the build that compute a row.
 *
 * @param host the machine's name
 * @param cpu the processor, see {@link Processor#description}
 * @param javaVersion the JVM's version
 * @param codeVersion the project's version
 * @param gitCommit the commit the code was built from
 */
public record Machine(
    String host, String cpu, String javaVersion, String codeVersion, String gitCommit) {

  private static final int LONGEST_NAME = 255;

  /** This machine and this build. */
  public static Machine current() {
    Properties build = build();
    return new Machine(
        hostName(),
        Processor.here().description(),
        Runtime.version().toString(),
        build.getProperty("version", "unknown"),
        build.getProperty("commit", "unknown"));
  }

  /**
   * Everything that the bits of a trial's numbers depend on beside the trial, as one text. The
   * processor does not matter where its kernels are given; the JVM does where it does the products,
   * in vectors as wide as it likes.
   */
  String circumstances(Blas blas) {
    return String.join(
        "|",
        Integer.toString(Numerics.VERSION),
        codeVersion,
        gitCommit,
        blas.isPinned() ? Processor.here().architecture() : cpu,
        blas.name(),
        blas.isNative() ? "" : javaVersion);
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

  /** The name that the system has, whether or not any network knows it. */
  private static String hostName() {
    return hostName(Path.of("/proc/sys/kernel/hostname"), System.getenv());
  }

  /**
   * The first of {@code file}'s text and the variables that shells and containers set; {@code
   * unknown} when there is none.
   */
  static String hostName(Path file, Map<String, String> environment) {
    List<String> names = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      names.add(new String(in.readNBytes(LONGEST_NAME), StandardCharsets.UTF_8));
    } catch (IOException | SecurityException e) {
      names.add(""); // not Linux
    }
    names.add(environment.getOrDefault("HOSTNAME", ""));
    names.add(environment.getOrDefault("COMPUTERNAME", ""));
    return names.stream()
        .map(name -> name.replaceAll("[\\s\\p{Cntrl}]+", " ").strip())
        .filter(name -> !name.isEmpty() && !name.equals("(none)"))
        .findFirst()
        .orElse("unknown");
  }
}
