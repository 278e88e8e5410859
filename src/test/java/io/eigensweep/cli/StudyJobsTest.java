package io.eigensweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.cluster.Cluster;
import io.eigensweep.job.FrozenSweep;
import io.eigensweep.job.Job;
import io.eigensweep.job.JobFile;
import io.eigensweep.plan.Grid;
import io.eigensweep.signal.Signal;
import io.eigensweep.signal.SignalFiles;
import io.eigensweep.store.ResultStore;
import io.eigensweep.tables.Aggregation;
import io.eigensweep.tables.SqlViews;
import io.eigensweep.trial.Numerics;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.Trial;
import io.eigensweep.trial.TrialResult;
import io.eigensweep.trial.TrialRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each study that comes with the project, as small as it goes, from its job file to its tables: the
 * columns that its question is about are filled, and differ between its arms.
 */
class StudyJobsTest {
  private static final List<String> TINY =
      List.of(
          "signal={type: generated, kind: glyphs, size: 16}",
          "ntk.points=16",
          "seeds=[0]",
          "artifacts=[]");

  private static final String HELD_OUT =
      "signal={type: generated, kind: glyphs, size: 16, hold-out: true}";

  private static Cluster cluster;

  @TempDir Path folder;

  /**
   * One study.
   *
   * @param file its job file
   * @param overrides what makes it small beside {@link #TINY}
   * @param query the arms in the first column, what the study is about in the others
   * @param arms rows that the query gives
   */
  record Study(String file, List<String> overrides, String query, int arms) {
    @Override
    public String toString() {
      return file;
    }
  }

  private static Stream<Study> studies() {
    return Stream.of(
        new Study(
            "spectrum.yaml",
            List.of(
                "training.learning-rate=1",
                "network.width=8",
                "training.epochs=3",
                "training.batch-size=64",
                "ntk.epochs=3"),
            "SELECT encoding, lambda_min_upper, lambda_max FROM trials",
            3),
        new Study(
            "early-kernel.yaml",
            List.of(
                "training.learning-rate=1",
                "network.width=8",
                "training.epochs=3",
                "ntk.epochs=[0, 1, 3]"),
            "SELECT s.trial_id || s.epoch, s.lambda_min_upper, t.kernel_drift FROM spectra s"
                + " JOIN trials t USING (trial_id) WHERE s.term = 'total' AND s.scope = 'window'",
            9),
        new Study(
            "beyond-ntk.yaml",
            List.of(
                "network.width=[4, 8]",
                "training.epochs=3",
                "ntk.epochs=[init, last]",
                "encoding={type: identity}",
                "training.learning-rate.of-limit=[0.5, 1.1]"),
            "SELECT width || ' ' || learning_rate_of_limit || ' ' || above_learning_rate_limit,"
                + " learning_rate_used, kernel_drift FROM trials"
                + " WHERE abs(learning_rate_used / learning_rate_limit - learning_rate_of_limit)"
                + " < 1e-9 AND above_learning_rate_limit = (learning_rate_of_limit > 1)",
            4),
        new Study(
            "all-pixels.yaml",
            List.of(
                "training.learning-rate=1",
                "ntk.points={count: 16, pattern: all}",
                "network.width=8",
                "training.epochs=3",
                "encoding={type: multigrid, levels: 2, features: 2, resolution: [8, 16]}"),
            "SELECT resolution, training_lambda_min_upper FROM trials"
                + " WHERE lambda_min_scope = 'training' AND lambda_min_points = 256",
            2),
        new Study(
            "capacity.yaml",
            List.of(
                "training.learning-rate=1",
                "network.width=[4, 8]",
                "network.hidden-layers=[1, 2]",
                "training.epochs=3",
                "encoding={type: fourier, levels: 2}"),
            "SELECT width || 'x' || hidden_layers, psnr, parameters FROM trials",
            4),
        new Study(
            "activations.yaml",
            List.of(
                "network.width=8",
                "training.epochs=3",
                "training.batch-size=64",
                "encoding={type: identity}"),
            "SELECT activation, psnr, learning_rate_used FROM trials",
            5),
        new Study(
            "interpolation.yaml",
            List.of(
                HELD_OUT,
                "training.learning-rate=1",
                "network.width=8",
                "training.epochs=3",
                "encoding.0.resolution=8"),
            "SELECT interpolation, psnr_held_out, psnr_trained, lambda_min_upper FROM trials",
            4),
        new Study(
            "aliasing.yaml",
            List.of(
                HELD_OUT,
                "training.learning-rate=1",
                "network.width=8",
                "training.epochs=3",
                "encoding.1.levels=[1, 4, 8]",
                "encoding.3.resolution=[4, 8]"),
            "SELECT encoding || coalesce(levels, 0) || coalesce(frequencies, '')"
                + " || coalesce(sigma, resolution, 0), psnr_held_out, psnr_trained FROM trials",
            8),
        new Study(
            "output-kernels.yaml",
            List.of(
                "training.learning-rate=1",
                "network.width=8",
                "training.epochs=3",
                "encoding={type: fourier, levels: 2}"),
            "SELECT outputs, lambda_min_upper, lambda_max FROM trials",
            2),
        new Study(
            "batch-flow.yaml",
            List.of(
                "training=[{learning-rate: {of-limit: 0.5}, batch-size: 64, epochs: 2},"
                    + " {learning-rate: {of-limit: 0.5}, batch-size: 256, epochs: 8}]",
                "network.width=8",
                "encoding={type: identity}"),
            "SELECT t.batch_size, sum(m.energy_predicted), sum(m.energy), any_value(t.kernel_drift)"
                + " FROM modes m JOIN trials t USING (trial_id) WHERE m.basis = 'eigen'"
                + " AND m.from_epoch > 0 GROUP BY 1",
            2),
        new Study(
            "hash-grid.yaml",
            List.of(
                "training.learning-rate=1",
                "network.width=8",
                "training.epochs=3",
                "encoding.0.resolution=8",
                "encoding.1.resolution=8",
                "encoding.1.table-size=[16, 32]"),
            "SELECT encoding || coalesce(table_size, 0), psnr, parameters_encoding FROM trials",
            3),
        new Study(
            "depth.yaml",
            List.of(
                "network.width=8",
                "network.hidden-layers=[1, 3]",
                "training.epochs=3",
                "encoding={type: identity}"),
            "SELECT hidden_layers || parameterization, psnr, learning_rate_limit FROM trials",
            4),
        new Study(
            "resolution-sweep.yaml",
            List.of(
                "network.width=8",
                "training.epochs=3",
                "training.learning-rate=1",
                "encoding.1.levels=[1, 2]",
                "encoding.2.levels=1",
                "encoding.2.resolution=[4, 8]"),
            "SELECT resolution, psnr_mean, lambda_min_median_upper FROM resolution",
            2),
        new Study(
            "grid-ablation.yaml",
            List.of(
                "training.0.learning-rate=1",
                "training.1.learning-rate=1",
                "training.2.learning-rate=1",
                "network.width=8",
                "encoding.0.resolution=8",
                "training.0.epochs=4",
                "training.1.epochs=4",
                "training.2.epochs=4",
                "training.1.freeze-grid-at=[0, 2]",
                "training.2.freeze-network-at=[0, 2]",
                "ntk.epochs=[init, last]"),
            "SELECT coalesce('g' || freeze_grid_at, 'n' || freeze_network_at, 'none'), psnr,"
                + " lambda_min_no_grid_upper - lambda_min_upper FROM trials",
            5),
        new Study(
            "matched-parameters.yaml",
            List.of(
                "training.learning-rate=1",
                "network.width=8",
                "network.hidden-layers=1",
                "encoding.1.levels=2",
                "encoding.2.resolution=[4, 8]",
                "training.epochs=3"),
            "SELECT encoding || ' ' || width || ' ' || coalesce(resolution, 0), psnr, parameters"
                + " FROM trials",
            8),
        new Study(
            "surfaces.yaml",
            List.of(
                "signal={type: mesh, path: 'MESH', sampling: {samples: 200, held-out: 200, cells:"
                    + " 8, surface-points: 100}}",
                "training.learning-rate=1",
                "network.width=8",
                "encoding.2.resolution=8",
                "training.epochs=3"),
            "SELECT encoding, psnr, lambda_max FROM trials",
            3),
        new Study(
            "resolution-threshold.yaml",
            List.of(
                "training.learning-rate=1",
                "network.width=8",
                "encoding.resolution=[2, 8]",
                "training.epochs=3",
                "ntk.points=[9, 16]"),
            "SELECT resolution || 'x' || kernel_points, lambda_min_upper, schur_bound FROM trials",
            4),
        new Study(
            "number-types.yaml",
            List.of(
                "training.learning-rate=1",
                "network.width=8",
                "encoding={type: identity}",
                "training.epochs=[0, 3]"),
            "SELECT ntk_precision || bias || epochs, lambda_min_upper, lambda_max FROM trials",
            8));
  }

  @BeforeAll
  static void connect() {
    cluster = Cluster.forQueries("studies");
  }

  @AfterAll
  static void disconnect() {
    cluster.close();
  }

  /** Rows without Spark, tables and query with it: one connection serves all studies. */
  @ParameterizedTest
  @MethodSource("studies")
  void fillsItsColumnsAndTellsItsArmsApart(Study study) throws IOException {
    Configuration conf = Cluster.configuration();
    ResultStore store = new ResultStore(folder.resolve("out").toUri(), conf);
    sweep(study, store, conf);
    assertThat(new Aggregation(cluster, store, note -> {}).run().comparison().rows()).isNotEmpty();

    List<List<String>> rows = new ArrayList<>();
    new SqlViews(cluster, store, note -> {})
        .query(
            study.query(),
            answer ->
                answer
                    .rows()
                    .forEachRemaining(row -> rows.add(row.stream().map(String::valueOf).toList())));
    assertThat(rows).hasSize(study.arms());
    assertThat(rows).allSatisfy(row -> assertThat(row).doesNotContain("null"));
    for (int column = 0; column < rows.get(0).size(); column++) {
      int at = column;
      long values = rows.stream().map(row -> row.get(at)).distinct().count();
      assertThat(values).as("values in column %d of %s", column, rows).isGreaterThan(1);
    }
  }

  private void sweep(Study study, ResultStore store, Configuration conf) throws IOException {
    List<String> overrides = new ArrayList<>(TINY);
    study.overrides().stream()
        .map(override -> override.replace("MESH", tetrahedron()))
        .forEach(overrides::add);
    String file = "jobs/" + study.file();
    Job job = JobFile.read(Files.readString(Path.of(file)), file, overrides);
    List<Signal> signals = Pictures.of(job, conf).signals();
    List<Trial> trials = Grid.expand(job, signals).trials();
    store.prepare();
    store.writeJob(
        new FrozenSweep("tests", Numerics.VERSION, job, signals, Map.of(), trials.size()).json());
    TrialRunner runner = new TrialRunner(new SignalFiles(conf), store);
    for (Trial trial : trials) {
      TrialResult result = runner.run(trial, 0);
      assertThat(result.outcome().status())
          .as("%s: %s", trial, result.outcome().message())
          .isEqualTo(Status.SUCCEEDED);
      assertThat(store.commit(result)).isTrue();
    }
  }

  private String tetrahedron() {
    try {
      return Files.writeString(
              folder.resolve("tetrahedron.off"),
              "OFF\n4 4 0\n0 0 0\n1 0 0\n0 1 0\n0 0 1\n3 0 2 1\n3 0 1 3\n3 1 2 3\n3 0 3 2\n")
          .toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyStudyIsRun() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("jobs"))) {
      assertThat(files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(
                      Stream.of("quickstart.yaml", "first-run.yaml"), studies().map(Study::file))
                  .toList());
    }
  }
}
