package io.eigensweep.cli;

import io.eigensweep.result.SampleResults;
import io.eigensweep.store.ResultStore;
import io.eigensweep.store.SyntheticSweep;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.Trial;
import io.eigensweep.trial.TrialId;
import io.eigensweep.trial.TrialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/**
 * A sweep of many planned trials, each with a small row that was made up: what commands that count
 * are measured on. {@code main} takes a new folder and how many hundreds of trials; the job is
 * {@code job.yaml} there, the sweep {@code out}. Rows that are there stay.
 */
public final class ManyRows {
  private ManyRows() {}

  /** Makes them. */
  public static void main(String[] args) throws IOException {
    write(Path.of(args[0]), Integer.parseInt(args[1]));
  }

  /** Writes job and sweep below {@code folder}: 100 seeds of each of {@code hundreds} pictures. */
  static List<Trial> write(Path folder, int hundreds) throws IOException {
    String job =
        String.format(
            Locale.ROOT,
            """
            name: many
            signal: {type: generated, kind: glyphs, size: 16, index: [%s]}
            encoding: {type: identity}
            network: {hidden-layers: 1, width: 16}
            training: {learning-rate: 10, epochs: 2, batch-size: 64}
            seeds: [%s]
            """,
            numbers(hundreds),
            numbers(100));
    Path out = Files.createDirectories(folder.resolve("out"));
    Files.writeString(folder.resolve("job.yaml"), job);
    List<Trial> trials = Trials.of(job);
    Configuration conf = new Configuration();
    ResultStore store = new ResultStore(out.toUri(), conf);
    store.prepare();
    store.writeJob(Trials.frozen(job).json());
    Set<TrialId> there = store.committed();
    IntStream.range(0, trials.size())
        .parallel()
        .filter(index -> !there.contains(trials.get(index).id()))
        .forEach(
            index -> SyntheticSweep.write(out, result(index, trials.get(index)), "many", conf));
    return trials;
  }

  private static TrialResult result(int index, Trial trial) {
    return index % 50 == 49
        ? SampleResults.failed(trial, Status.FAILED, "picture is broken")
        : SampleResults.succeeded(trial, 30.0, 0.9);
  }

  private static String numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.joining(", "));
  }
}
