package io.eigensweep.ntk;

import io.eigensweep.encoding.Encoding;
import io.eigensweep.linalg.Blas;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The kernel of every training point: all eigenvalues where the whole matrix is the cheaper way,
 * else an enclosure of λ_min alone.
 */
final class TrainingKernel {
  private final NtkSettings settings;
  private final NetworkSettings network;
  private final Encoding encoding;
  private final KernelPoints points;
  private final Blas blas;
  private final Runnable betweenStages;

  TrainingKernel(
      NtkSettings settings,
      NetworkSettings network,
      Encoding encoding,
      KernelPoints points,
      Blas blas,
      Runnable betweenStages) {
    this.settings = settings;
    this.network = network;
    this.encoding = encoding;
    this.points = points;
    this.blas = blas;
    this.betweenStages = betweenStages;
  }

  /**
   * The spectra of scope {@code training}.
   *
   * @param window those of the window that counts
   */
  List<Spectrum> measure(List<Spectrum> window, int epoch, Parameters parameters) {
    if (points.isEvery(window.get(0).points())) {
      return window.stream().map(one -> one.as(Scope.TRAINING, null)).toList();
    }
    KernelSample all = points.training();
    AllPoints whole =
        new AllPoints(network, parameters, all.points(), all.dimensions(), settings.outputs());
    if (cost(whole).dense()) {
      boolean learns = !all.points().levels().isEmpty();
      KernelMemory.of(settings.once(), whole.rows(), learns, false, blas.isNative()).require();
      return new SampleSpectra(
              settings,
              settings.gramForAuto(),
              network,
              encoding,
              all,
              Scope.TRAINING,
              null,
              blas,
              betweenStages)
          .measure(epoch, parameters)
          .spectra();
    }
    AllPointsBound bound =
        AllPointsBound.of(whole, settings.points().limits(), blas, betweenStages);
    List<Spectrum> spectra = new ArrayList<>();
    for (Spectrum part : window) {
      if (part.term().equals("total")) {
        spectra.add(total(epoch, bound, part));
      } else if (part.term().equals("mlp")) {
        // A principal submatrix of the same term: an upper bound, and no lower one.
        String from = part.isContradicted() ? part.upperFrom() : "window " + part.place();
        spectra.add(bounds(epoch, "mlp", 0, part.lambdaMinUpper(), from));
      }
    }
    return spectra;
  }

  private TrainingKernelCost cost(AllPoints whole) {
    return TrainingKernelCost.of(
        settings,
        whole.rows(),
        !whole.points().levels().isEmpty(),
        AllPointsSearch.cost(whole, settings.points().limits()),
        whole.rows(), // what is lacking, the split knows
        null);
  }

  private Spectrum total(int epoch, AllPointsBound bound, Spectrum window) {
    if (bound.reason().startsWith(SpectrumBuilder.CONTRADICTION)) {
      return bounds(epoch, "total", 0, bound.upper(), bound.reason());
    }
    String from =
        bound.isClose()
            ? String.format(Locale.ROOT, "split, %d columns", bound.columns())
            : "split: " + bound.reason();
    if (window.isContradicted() || window.lambdaMinUpper() >= bound.upper()) {
      return bounds(epoch, "total", bound.lower(), bound.upper(), from);
    }
    String above = "window " + window.place();
    return window.lambdaMinUpper() < bound.lower()
        ? bounds(epoch, "total", 0, bound.upper(), SpectrumBuilder.CONTRADICTION + above)
        : bounds(
            epoch, "total", bound.lower(), window.lambdaMinUpper(), from + "; above by " + above);
  }

  private Spectrum bounds(int epoch, String term, double lower, double upper, String from) {
    boolean resolved = lower > 0 && upper <= 2 * lower;
    return new Spectrum(
        epoch,
        term,
        Scope.TRAINING,
        points.training().points().count(),
        null,
        "split",
        Double.NaN,
        0,
        0,
        resolved ? Math.sqrt(lower * upper) : null,
        lower,
        upper,
        from,
        resolved,
        Double.NaN,
        KernelFacts.NONE,
        new double[0]);
  }
}
