package io.eigensweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line and its errors; nothing here needs Spark. */
class MainTest {
  @TempDir Path folder;
  private Path job = Path.of("");

  @BeforeEach
  void writeJob() throws IOException {
    job = folder.resolve("small job.yaml");
    Files.writeString(
        job,
        """
        name: small
        signal: {type: generated, kind: [dead-leaves, glyphs], size: 16}
        encoding:
          - {type: identity}
          - {type: multigrid, levels: 1, features: 2, resolution: [4, 8]}
        network: {width: 16}
        training: {epochs: 2}
        ntk: {points: 16}
        """);
  }

  private static void isOneLineOfWrongInput(Program program) {
    assertThat(program.code()).isEqualTo(2);
    assertThat(program.errorLines()).hasSize(1);
    assertThat(program.err()).doesNotContain("Exception");
  }

  @Test
  void plansAJob() {
    Program program = Program.run("plan", job.toString(), "--slots", "3");

    assertThat(program.code()).isZero();
    assertThat(program.out()).contains("6: 0 done, 6 to do", "3 slots", "longest 6");
    assertThat(program.err()).isEmpty();
  }

  @Test
  void countsWhatAJobDeclaresWhenItsPicturesCanNotBeReached() {
    Program program =
        Program.run(
            "plan",
            job.toString(),
            "--set",
            "signal={type: imagenet, root: " + folder + "/absent, synsets: 5, size: 16}");

    assertThat(program.code()).isZero();
    assertThat(program.out()).contains("15: 0 done, 15 to do", "absent can't be reached");
  }

  @Test
  void costsASurfaceThatIsNotThereFromWhatTheJobDeclares() {
    Program program =
        Program.run("plan", "jobs/surfaces.yaml", "--set", "signal.path=" + folder + "/absent");

    assertThat(program.err()).isEmpty();
    assertThat(program.code()).isZero();
    assertThat(program.out())
        .contains("3: 0 done, 3 to do", "absent can't be reached: costed as one mesh");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "plan --help", "sweep --help", "sql --help", "--version"})
  void explainsItself(String arguments) {
    Program program = Program.run(arguments.split(" ", -1));

    assertThat(program.code()).isZero();
    assertThat(program.out()).contains("eigensweep");
    assertThat(program.err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sweep JOB                         | --out",
        "sweep --out x                     | JOB",
        "sweep JOB --out x --nonsense      | --nonsense",
        "swep JOB --out x                  | swep",
        "plan JOB --slots many             | --slots",
        "plan JOB --slots 0                | --slots must be at least 1, got 0",
        "sql --out x --format xml SELECT   | must be table, csv or json, got xml",
        "verify --out x --sample some      | --sample",
        "plan absent.yaml                  | there is no job file absent.yaml",
        "plan JOB --set network.width=65536 --set network.hidden-layers=9 | encoding hashgrid",
        "trial JOB --id 7                  | --id must name one of the job's 6 trials, got 7",
      })
  void refusesMisuse(String arguments, String reason) {
    Program program =
        Program.run(
            java.util.Arrays.stream(arguments.split(" ", -1))
                .map(argument -> argument.equals("JOB") ? job.toString() : argument)
                .toArray(String[]::new));

    isOneLineOfWrongInput(program);
    assertThat(program.err()).contains(reason);
  }

  @Test
  void refusesASweepWithTrialsThatCanNotFitBeforeItWritesAnything() {
    Path out = folder.resolve("too large");

    Program program =
        Program.run(
            "sweep",
            job.toString(),
            "--out",
            out.toString(),
            "--set",
            "ntk.outputs=full",
            "--set",
            "ntk.points=46000",
            "--set",
            "signal.size=512");

    assertThat(program.code()).isEqualTo(2);
    assertThat(program.err()).contains("6 trials would not fit", "lower ntk.points");
    assertThat(out).doesNotExist();
  }

  @Test
  void refusesToDoNothing() {
    isOneLineOfWrongInput(Program.run());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "network.widht=8                   | width",
        "network.width=[]                  | empty",
        "network.width=0                   | got 0",
        "encoding.1.resolution=50.5        | 50.5",
        "training.learning-rate=-1         | learning-rate must be positive",
      })
  void refusesAWrongJob(String override, String reason) {
    Program program =
        Program.run(
            "sweep", job.toString(), "--out", folder.resolve("o").toString(), "--set", override);

    isOneLineOfWrongInput(program);
    assertThat(program.err()).contains(reason);
    assertThat(folder.resolve("o")).doesNotExist();
  }

  @Test
  void refusesARootWithoutPictures() throws IOException {
    Path root = folder.resolve("root");
    Files.createDirectories(root.resolve("n01440764"));

    Program program =
        Program.run(
            "sweep",
            job.toString(),
            "--out",
            folder.resolve("o").toString(),
            "--set",
            "signal={type: imagenet, root: " + root + ", size: 16}");

    isOneLineOfWrongInput(program);
    assertThat(program.err()).contains(root.toString());
  }

  @Test
  void refusesAFolderThatCanNotBeWritten() {
    // A path below a file can't be made, whoever runs the test.
    Program program =
        Program.run("sweep", job.toString(), "--out", job.resolve("below").toString());

    assertThat(program.code()).isEqualTo(2);
    assertThat(program.errorLines().get(0)).startsWith("pictures: 2");
    assertThat(program.errorLines()).hasSize(2);
    assertThat(program.errorLines().get(1)).contains("can't write to", "below");
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "aggregate", "verify"})
  void refusesAFolderWithoutASweep(String command) {
    Program program = Program.run(command, "--out", folder.toString());

    isOneLineOfWrongInput(program);
    assertThat(program.err()).contains("there is no sweep in", "job.json");
  }

  @Test
  void refusesAnUnknownFileSystem() {
    Program program = Program.run("status", "--out", "nonsense://host/folder");

    isOneLineOfWrongInput(program);
    assertThat(program.err()).contains("nonsense");
  }

  @Test
  void tellsADamagedRowInOneLine() throws IOException {
    Path out = unreadableSweep();
    Program status = Program.run("status", "--out", out.toString());
    Program verify = Program.run("verify", "--out", out.toString());

    assertThat(status.code()).isZero();
    assertThat(status.out())
        .contains("1 row can't be used; sweep --retry-failed", ".parquet is no");
    assertThat(verify.code()).isEqualTo(1);
    assertThat(verify.out().lines().toList()).hasSize(2);
    assertThat(verify.out())
        .contains("DIFFERENT: its row can't be used: ", ".parquet is no", "1 different");
  }

  /** A sweep whose only row is not Parquet. */
  private Path unreadableSweep() throws IOException {
    Path out = Files.createDirectories(folder.resolve("out"));
    Path trials = Files.createDirectories(out.resolve("trials"));
    var trial = Trials.of(Files.readString(job)).get(0);
    Files.writeString(out.resolve("job.json"), Trials.frozen(Files.readString(job)).json());
    Files.writeString(trials.resolve(trial.id() + ".parquet"), "no row");
    return out;
  }
}
