package io.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library is loaded once per JVM, so each of these has JVMs of its own. */
class OpenBlasTest {
  private static final String KERNELS = "OPENBLAS_CORETYPE";

  @TempDir private Path folder;

  /** What {@link PinnedProduct} says, by the first word of each line. */
  private Map<String, String> run(
      Map<String, String> environment, List<String> options, String... kernels)
      throws IOException, InterruptedException {
    return run(folder.toFile(), environment, options, kernels);
  }

  private Map<String, String> run(
      File working, Map<String, String> environment, List<String> options, String... kernels)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx200m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(options);
    command.addAll(
        List.of(
            "-cp",
            absolute(
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path"))),
            PinnedProduct.class.getName()));
    command.addAll(List.of(kernels));
    Path printed = folder.resolve("printed");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(working)
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("OPENBLAS_"));
    builder.environment().putAll(environment);
    int code = builder.start().waitFor();
    String text = Files.readString(printed, StandardCharsets.UTF_8);
    assertThat(code).as(text).isZero();
    Map<String, String> words = new HashMap<>();
    text.lines()
        .forEach(
            line -> {
              int blank = line.indexOf(' ');
              if (blank > 0) {
                words.put(line.substring(0, blank), line.substring(blank + 1));
              }
            });
    return words;
  }

  private static String absolute(String classPath) {
    return Stream.of(classPath.split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Kernels that any x86-64 processor runs, or those of ARM. */
  private static String everywhere() {
    return Processor.here().architecture().equals("amd64") ? "prescott" : "armv8";
  }

  private List<String> home() {
    return List.of("-Duser.home=" + folder);
  }

  @Test
  void pinnedKernelsGiveTheSameBitsWhateverTheEnvironment() throws Exception {
    Map<String, String> plain = run(Map.of(), home(), everywhere());
    Map<String, String> other =
        run(
            Map.of(KERNELS, "Nehalem", "OPENBLAS_L2_SIZE", "64", "OPENBLAS_BLOCK_FACTOR", "3"),
            home(),
            everywhere());
    assertThat(plain.get("name"))
        .matches("openblas-[0-9.]+ \\w+ pinned")
        .containsIgnoringCase(everywhere());
    assertThat(other).isEqualTo(plain);
    assertThat(plain).containsEntry("libraries", "1").doesNotContainKey("unfit");
  }

  @Test
  void theNameIsThatOfTheKernelsThatWereChosen() throws Exception {
    Map<String, String> own = run(Map.of(), home(), "own");
    Map<String, String> nonsense = run(Map.of(KERNELS, "Nonsense"), home(), "own");
    assertThat(own.get("name")).matches("openblas-[0-9.]+ [A-Z]?\\w+");
    assertThat(nonsense.get("name")).matches("openblas-[0-9.]+ \\w+").doesNotContain("Nonsense");
    Map<String, String> forced = run(Map.of(KERNELS, everywhere()), home(), "own");
    assertThat(forced.get("name")).endsWithIgnoringCase(" " + everywhere());
  }

  @Test
  void aProcessHasOneSetOfKernels() throws Exception {
    Map<String, String> said = run(Map.of(), home(), everywhere(), "own");
    assertThat(said.get("then"))
        .isEqualTo(
            "unfit linalg.kernels is own, but this process has OpenBLAS with linalg.kernels is "
                + everywhere());
  }

  /** JavaCPP's look at size and time would let it pass, and the JVM would end with SIGSEGV. */
  @Test
  void aLibraryInTheCacheWhoseSecondHalfIsZeroIsExtractedAgain() throws Exception {
    Map<String, String> before = run(Map.of(), home(), "own");
    Path library;
    try (var files = Files.walk(folder)) {
      library = files.filter(file -> file.endsWith("libopenblas.so.0")).findFirst().orElseThrow();
    }
    FileTime time = Files.getLastModifiedTime(library);
    byte[] bytes = Files.readAllBytes(library);
    Arrays.fill(bytes, bytes.length / 2, bytes.length, (byte) 0);
    Files.write(library, bytes);
    Files.setLastModifiedTime(library, time);
    assertThat(run(Map.of(), home(), "own")).isEqualTo(before);
  }

  @Test
  void withoutAnyFolderItSaysWhyAndTheJavaLibraryWorks() throws Exception {
    List<String> nowhere = List.of("-Duser.home=/proc/none", "-Djava.io.tmpdir=/proc/none");
    Map<String, String> said = run(new File("/proc"), Map.of(), nowhere, "own");
    assertThat(said.get("name")).startsWith("netlib-java ");
    assertThat(said.get("problem")).startsWith("no folder to load it from (/proc/none");
    assertThat(said.get("bits")).isNotBlank();
  }
}
