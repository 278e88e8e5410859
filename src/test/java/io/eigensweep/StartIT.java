package io.eigensweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the submit script's processes load before they do what they were asked for. */
class StartIT {
  private static final Path SCRIPT =
      Path.of(System.getProperty("eigensweep.jar")).resolve("../../submit-scripts/eigensweep");

  @TempDir Path folder;

  private record Ended(int code, String out, String err, Set<String> classes) {
    boolean hasLoaded(String... packages) {
      return classes.stream().anyMatch(name -> Stream.of(packages).anyMatch(name::startsWith));
    }
  }

  private Ended run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(SCRIPT.normalize().toString()));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    Path classes = folder.resolve("classes.txt");
    ProcessBuilder process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    process.environment().remove("SPARK_HOME");
    process.environment().put("SPARK_SUBMIT_OPTS", "-Xlog:class+load:file=classes.txt:none");
    int code = process.start().waitFor();
    return new Ended(code, Files.readString(out), Files.readString(err), names(classes));
  }

  private static Set<String> names(Path log) throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      return lines.map(line -> line.split(" ", 2)[0]).collect(Collectors.toSet());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--help, 0, Usage: eigensweep",
    "--version, 0, eigensweep",
    "sql --help, 0, Usage: eigensweep sql",
    "'', 2, ''",
    "plann, 2, ''",
    "status, 2, ''",
    "plan wrong.yaml, 2, ''",
  })
  void loadNothingOfSparkForHelpAndWrongInput(String arguments, int code, String out)
      throws Exception {
    Files.writeString(folder.resolve("wrong.yaml"), "nmae: small\n");

    Ended ended = run(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1));

    assertThat(ended.code()).isEqualTo(code);
    assertThat(ended.out()).startsWith(out);
    assertThat(ended.err().lines().filter(line -> !line.startsWith("WARNING: Using incubator")))
        .hasSize(code == 0 ? 0 : 1);
    assertThat(ended.hasLoaded("io.eigensweep.cli.Main")).isTrue();
    assertThat(ended.hasLoaded("org.apache.spark.", "org.apache.hadoop.", "scala.")).isFalse();
  }

  @Test
  void planWithoutASessionAndWithTheProfilesProperties() throws Exception {
    String store = "fs.x.impl=org.apache.hadoop.fs.LocalFileSystem";
    Ended ended =
        run(
            "--profile",
            "yarn",
            "--spark",
            "spark.hadoop." + store,
            "plan",
            SCRIPT.resolveSibling("../jobs/quickstart.yaml").normalize().toString(),
            "--out",
            "x:///absent");

    // The class that the property names has been asked; without it the scheme has none.
    assertThat(ended.err()).contains("x:/absent").doesNotContain("No FileSystem for scheme");
    assertThat(ended.hasLoaded("org.apache.hadoop.fs.LocalFileSystem")).isTrue();
    assertThat(ended.classes())
        .doesNotContain("org.apache.spark.deploy.SparkSubmit", "org.apache.spark.SparkContext");
  }
}
