package io.eigensweep.benchmark;

import io.eigensweep.job.Job;
import io.eigensweep.job.JobFile;
import io.eigensweep.mesh.MeshReader;
import io.eigensweep.mesh.PlyWriter;
import io.eigensweep.mesh.Shapes;
import io.eigensweep.mesh.TriangleMesh;
import io.eigensweep.plan.CostModel;
import io.eigensweep.plan.Grid;
import io.eigensweep.settings.Names;
import io.eigensweep.signal.MeshSource;
import io.eigensweep.signal.Signal;
import io.eigensweep.signal.SignalFiles;
import io.eigensweep.signal.SurfaceTarget;
import io.eigensweep.trial.Outcome;
import io.eigensweep.trial.Trial;
import io.eigensweep.trial.TrialResult;
import io.eigensweep.trial.TrialRunner;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Seconds of distances and signs, and the memory of trials on a surface against the plan. The mesh
 * is the file that the environment variable {@value #VARIABLE} names, else a sphere with waves.
 */
final class SurfacesSuite implements Suite {
  private static final String VARIABLE = "EIGENSWEEP_MESH";

  /** 12 n² triangles: about those of the Stanford bunny. */
  private static final int SPHERE = 76;

  private static final String JOB =
      """
      name: memory
      signal: {type: mesh, path: unused, sampling: {samples: 100000, cells: 128}}
      encoding:
        - {type: identity}
        - {type: multigrid, resolution: 200, levels: 2, features: 2}
        - {type: hashgrid, resolution: 200, levels: 2, features: 2, table-size: 65536}
      network: {width: 64}
      training: {learning-rate: 10, epochs: 2}
      ntk: {points: 1024, epochs: [init, last]}
      artifacts: []
      """;

  @Override
  public String option() {
    return "surfaces";
  }

  @Override
  public String title() {
    return "surfaces: a million points, half of them uniform, half near the surface, one thread; then"
        + " memory";
  }

  @Override
  public void run(PrintStream out) throws RunnerException {
    try {
      Path file = mesh();
      TriangleMesh mesh = MeshReader.read(Files.readAllBytes(file)).surface();
      out.printf(Locale.ROOT, "%s, %,d faces%n%n", file.getFileName(), mesh.triangleCount());
      String path = file.toAbsolutePath().toString();
      for (RunResult result : Measurements.of(SurfacesBenchmark.class, "file", path)) {
        out.printf(
            Locale.ROOT,
            "%-16s %6.2f s%n",
            result.getPrimaryResult().getLabel(),
            Measurements.score(result));
      }
      memory(file, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path mesh() throws IOException {
    String named = System.getenv(VARIABLE);
    if (named != null) {
      return Path.of(named);
    }
    TriangleMesh sphere = Shapes.sphere(0.4, SPHERE);
    double[] vertices = sphere.vertices().clone();
    for (int v = 0; v < vertices.length; v += 3) {
      double wave = 1 + 0.1 * Math.sin(30 * vertices[v]) * Math.sin(40 * vertices[v + 2]);
      for (int axis = 0; axis < 3; axis++) {
        vertices[v + axis] = 0.5 + wave * (vertices[v + axis] - 0.5);
      }
    }
    Path drawn = Files.createTempFile("sphere-with-waves", ".ply");
    drawn.toFile().deleteOnExit();
    Files.write(drawn, PlyWriter.write(new TriangleMesh(vertices, sphere.triangles())));
    return drawn;
  }

  private static void memory(Path file, PrintStream out) {
    Job job = JobFile.read(JOB, "memory", List.of());
    Signal.MeshFile million = SurfacesBenchmark.signal(file, SurfaceTarget.OCCUPANCY);
    Signal signal =
        new Signal.MeshFile(
            million.root(),
            million.file(),
            million.target(),
            million.loss(),
            ((MeshSource) job.signals().get(0)).sampling());
    TrialRunner runner =
        new TrialRunner(
            new SignalFiles(new Configuration()),
            (id, name) -> {
              throw new IllegalStateException("no artifact was asked for");
            });
    out.printf(
        Locale.ROOT, "%n%-40s %12s %12s %7s%n", "encoding", "planned MiB", "peak MiB", "ratio");
    for (Trial trial : Grid.expand(job, List.of(signal)).trials()) {
      double planned = CostModel.nominal().of(trial).memoryBytes() / 1048576.0;
      double peak = PeakMemory.of(() -> succeed(runner, trial)) / 1048576.0;
      out.printf(
          Locale.ROOT,
          "%-40s %12.1f %12.1f %7.2f%n",
          Names.typeName(trial.encoding().getClass())
              + ", "
              + String.format(Locale.ROOT, "%,d", trial.encoding().parameterCount(3))
              + " numbers",
          planned,
          peak,
          planned / peak);
    }
  }

  private static void succeed(TrialRunner runner, Trial trial) {
    TrialResult result = runner.run(trial, 0);
    if (!result.outcome().equals(Outcome.SUCCEEDED)) {
      throw new IllegalStateException("the trial ended as " + result.outcome());
    }
  }
}
