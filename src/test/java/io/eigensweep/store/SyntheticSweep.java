package io.eigensweep.store;

import io.eigensweep.encoding.Encoding;
import io.eigensweep.ntk.KernelFacts;
import io.eigensweep.ntk.Scope;
import io.eigensweep.ntk.Spectrum;
import io.eigensweep.result.Row;
import io.eigensweep.result.RowFile;
import io.eigensweep.result.SampleResults;
import io.eigensweep.training.CurvePoint;
import io.eigensweep.training.TrainingSettings;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.Trial;
import io.eigensweep.trial.TrialResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/**
 * A sweep of any size whose rows are made up: what a long sweep leaves behind, without computing
 * it. Twelve settings by turns, then seeds, then pictures; every 50th trial has failed, every 7th
 * has an unresolved eigenvalue.
 *
 * @param trials how many
 * @param epochs of each; the learning curve has one point more
 * @param points eigenvalues of each of the nine spectra
 */
public record SyntheticSweep(int trials, int epochs, int points) {
  private static final int SEEDS = 5;
  private static final List<String> TERMS = List.of("total", "mlp", "grid");

  /** Writes {@code job.json} and {@code trials/} below {@code out}. */
  public void write(Path out) throws IOException {
    write(out, 0);
  }

  /** The same without the first trials, which are there already. */
  public void write(Path out, int first) throws IOException {
    Files.createDirectories(out.resolve("trials"));
    Files.writeString(
        out.resolve("job.json"), SampleSweep.frozen("synthetic", trials), StandardCharsets.UTF_8);
    Configuration conf = new Configuration();
    IntStream.range(first, trials)
        .parallel()
        .forEach(index -> write(out, result(index), "synthetic", conf));
  }

  /** Writes the row of {@code result}, faster than a sweep does: without waiting for the disk. */
  public static void write(Path out, TrialResult result, String job, Configuration conf) {
    try {
      Files.write(
          out.resolve("trials/" + result.trial().id() + ".parquet"),
          RowFile.bytes(Row.of(result, job), conf));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TrialResult result(int index) {
    List<Encoding> encodings = encodings();
    Encoding encoding = encodings.get(index % encodings.size());
    int rest = index / encodings.size();
    Trial trial = trial(encoding, rest % SEEDS, rest / SEEDS);
    if (index % 50 == 49) {
      return SampleResults.failed(trial, Status.FAILED, "picture " + rest / SEEDS + " is broken");
    }
    SplittableRandom random = new SplittableRandom(index);
    double psnr = 15 + index % encodings.size() + random.nextDouble();
    Spectrum[] spectra = spectra(index, random).toArray(new Spectrum[0]);
    TrialResult sample = SampleResults.succeeded(trial, psnr, 0.5 + psnr / 100, spectra);
    TrialResult.TrainingFacts facts = Objects.requireNonNull(sample.training());
    return new TrialResult(
        trial,
        sample.outcome(),
        sample.signal(),
        new TrialResult.TrainingFacts(
            epochs,
            facts.parameters(),
            facts.parametersEncoding(),
            facts.loss(),
            null,
            null,
            curve(psnr, random)),
        sample.quality(),
        sample.kernel(),
        sample.cost(),
        sample.provenance());
  }

  private static List<Encoding> encodings() {
    List<Encoding> encodings = new ArrayList<>();
    encodings.add(SampleResults.IDENTITY);
    for (int levels : new int[] {2, 4, 8}) {
      encodings.add(SampleResults.fourier(levels));
    }
    for (int resolution = 50; resolution <= 400; resolution += 50) {
      encodings.add(SampleResults.multigrid(resolution));
    }
    return encodings;
  }

  private Trial trial(Encoding encoding, int seed, int picture) {
    Trial sample = SampleResults.trial(SampleResults.photo(picture + ".JPEG"), encoding, 100, seed);
    return new Trial(
        sample.signal(),
        encoding,
        sample.network(),
        TrainingSettings.sgd(100, 1024, epochs, 10),
        sample.ntk(),
        sample.linalg(),
        seed,
        sample.artifacts());
  }

  private List<CurvePoint> curve(double psnr, SplittableRandom random) {
    List<CurvePoint> curve = new ArrayList<>(epochs + 1);
    for (int epoch = 0; epoch <= epochs; epoch++) {
      double loss = random.nextDouble() / (epoch + 1);
      curve.add(new CurvePoint(epoch, loss, epoch % 10 == 0 ? psnr - loss : null, epoch * 0.005));
    }
    return curve;
  }

  private List<Spectrum> spectra(int index, SplittableRandom random) {
    List<Spectrum> spectra = new ArrayList<>();
    for (int epoch : new int[] {0, epochs / 2, epochs}) {
      for (String term : TERMS) {
        spectra.add(spectrum(epoch, term, index % 7 != 0, random));
      }
    }
    return spectra;
  }

  private Spectrum spectrum(int epoch, String term, boolean resolved, SplittableRandom random) {
    double[] eigenvalues = new double[points];
    double value = resolved ? 1e-9 * (1 + random.nextDouble()) : -1e-15;
    for (int i = 0; i < points; i++) {
      eigenvalues[i] = value;
      value = Math.max(value, 1e-14) * (1 + 30.0 / points * random.nextDouble());
    }
    double least = eigenvalues[0];
    double largest = eigenvalues[points - 1];
    return resolved
        ? new Spectrum(
            epoch,
            term,
            Scope.SAMPLE,
            16,
            null,
            "gram",
            1e-13,
            0,
            points,
            least,
            least * 0.99,
            least * 1.01,
            "floor",
            true,
            largest,
            KernelFacts.NONE,
            eigenvalues)
        : new Spectrum(
            epoch,
            term,
            Scope.SAMPLE,
            16,
            null,
            "gram",
            1e-13,
            1,
            points - 1,
            null,
            0,
            1e-13,
            "floor",
            false,
            largest,
            KernelFacts.NONE,
            eigenvalues);
  }
}
