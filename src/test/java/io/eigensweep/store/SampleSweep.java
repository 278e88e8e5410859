package io.eigensweep.store;

import io.eigensweep.encoding.Encoding;
import io.eigensweep.job.FrozenSweep;
import io.eigensweep.job.Job;
import io.eigensweep.job.JobFile;
import io.eigensweep.ntk.Spectrum;
import io.eigensweep.result.SampleResults;
import io.eigensweep.trial.Numerics;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.Trial;
import io.eigensweep.trial.TrialResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * A small unfinished sweep whose every number is fixed: six settings on three pictures, one with a
 * hostile name, under two seeds; eigenvalues that are resolved and not; trials that diverged,
 * failed and ran out of memory.
 */
public final class SampleSweep {
  /** A file's name that every format has to show as text. */
  public static final String HOSTILE = "<img onerror=alert(1)> a_b & 50% of $5 \\x.JPEG";

  private static final List<String> PICTURES = List.of("a.JPEG", HOSTILE, "c.JPEG");
  private static final int SEEDS = 2;

  private SampleSweep() {}

  /** The encodings, in the order of the tables. */
  public static List<Encoding> encodings() {
    return List.of(
        SampleResults.IDENTITY,
        SampleResults.fourier(4),
        SampleResults.fourier(8),
        SampleResults.multigrid(50),
        SampleResults.multigrid(100),
        SampleResults.multigrid(200));
  }

  /** The results of all trials. */
  public static List<TrialResult> results() {
    List<TrialResult> results = new ArrayList<>();
    for (int setting = 0; setting < encodings().size(); setting++) {
      for (int picture = 0; picture < PICTURES.size(); picture++) {
        for (int seed = 0; seed < SEEDS; seed++) {
          results.add(result(setting, picture, seed));
        }
      }
    }
    return results;
  }

  /** Commits {@code results} below {@code folder}, of a job with 40 trials. */
  public static ResultStore write(Path folder, List<TrialResult> results) {
    ResultStore store = new ResultStore(folder.toUri(), new Configuration());
    store.prepare();
    store.writeJob(frozen("sample", 40));
    for (TrialResult result : results) {
      if (!store.commit(result)) {
        throw new IllegalStateException("two results of " + result.trial().id());
      }
    }
    return store;
  }

  /** The text of {@code job.json} for made-up rows: a job whose pictures are not there any more. */
  public static String frozen(String name, long trials) {
    Job job = JobFile.read("name: " + name + "\nencoding: {type: identity}", name, List.of());
    return new FrozenSweep("0.1.0", Numerics.VERSION, job, List.of(), Map.of(), trials).json();
  }

  private static TrialResult result(int setting, int picture, int seed) {
    Trial trial =
        SampleResults.trial(
            SampleResults.photo(PICTURES.get(picture)), encodings().get(setting), 100, seed);
    if (setting == 1 && picture == 1) {
      return SampleResults.failed(trial, Status.DIVERGED, "the loss is not finite in epoch 2");
    }
    if (setting == 5 && picture == 2 && seed == 1) {
      return SampleResults.failed(trial, Status.OUT_OF_MEMORY, "Java heap space");
    }
    if (setting == 0 && picture == 1 && seed == 1) {
      return SampleResults.failed(trial, PICTURES.get(picture) + ": no picture");
    }
    double[] base = {15, 20, 23, 29, 33, 31};
    double psnr = base[setting] + 1.5 * picture - 0.25 * seed * (setting % 2 == 0 ? 1 : -2);
    return SampleResults.succeeded(trial, psnr, 0.3 + psnr / 64, spectra(setting, picture, seed));
  }

  private static Spectrum[] spectra(int setting, int picture, int seed) {
    double[] least = {0, 4e-3, 1.4e-2, 5e-8, 1.25e-1, 4e-1};
    double shift = 1 + 0.25 * picture + 0.125 * seed;
    Spectrum total =
        setting == 0 || (setting == 3 && picture == 0)
            ? SampleResults.unresolved(3, "total", 2e-13 * shift)
            : SampleResults.resolved(3, "total", least[setting] * shift);
    Spectrum start = SampleResults.resolved(0, "total", 1e-3 * (1 + seed));
    return setting < 3
        ? new Spectrum[] {start, total}
        : new Spectrum[] {start, total, SampleResults.resolved(3, "mlp", 2e-7 * shift)};
  }
}
