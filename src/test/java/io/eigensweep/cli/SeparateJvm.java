package io.eigensweep.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program in a JVM of its own, with a heap of its own. */
public final class SeparateJvm {
  private SeparateJvm() {}

  /**
   * Runs a command with {@code heap} (as in {@code -Xmx}) and the other options of this JVM; what
   * it prints goes to {@code log}.
   *
   * @return the exit code
   */
  public static int run(String heap, Path log, String... args)
      throws IOException, InterruptedException {
    return run(Map.of(), List.of("-Xmx" + heap), log, args);
  }

  /** The same with {@code variables} in its environment. */
  public static int run(Map<String, String> variables, String heap, Path log, String... args)
      throws IOException, InterruptedException {
    return run(variables, List.of("-Xmx" + heap), log, args);
  }

  /** The same with these options. */
  static int run(List<String> options, Path log, String... args)
      throws IOException, InterruptedException {
    return run(Map.of(), options, log, args);
  }

  private static int run(
      Map<String, String> variables, List<String> options, Path log, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("--add-") || option.startsWith("-XX:+Ignore"))
        .forEach(command::add);
    command.addAll(options);
    command.addAll(List.of("-XX:+ExitOnOutOfMemoryError", "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add("io.eigensweep.cli.Main");
    command.addAll(List.of(args));
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().putAll(variables);
    return process.redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
  }

  /** What {@link #run} has printed. */
  public static String printed(Path log) throws IOException {
    return Files.readString(log, StandardCharsets.UTF_8);
  }
}
