package io.eigensweep.ntk;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a trial's row says of its kernels.
 *
 * @param points N, the points of the sample
 * @param trainingPoints how many points were trained on
 * @param scope whose λ_min is that of the trial
 * @param learningRateLimit NC/λ_max(K_full) at initialisation; null when it was not computed
 * @param trainingBounds of λ_min over all training points at the last checkpoint; null without one
 * @param modes residual energies between neighbouring checkpoints; empty with fewer than two
 * @param spectra the spectra of every term at every checkpoint, in order of epoch, then the scopes
 *     sample, window, training, then total, mlp, grid
 */
public record KernelSummary(
    int points,
    int trainingPoints,
    Scope scope,
    @Nullable Double learningRateLimit,
    @Nullable Bounds trainingBounds,
    List<ModeEnergy> modes,
    List<Spectrum> spectra)
    implements Serializable {

  /**
   * What is proved of λ_min.
   *
   * @param lower it is not below; 0 where nothing more is proved
   * @param upper it is not above; ∞ where nothing is proved
   */
  public record Bounds(double lower, double upper) implements Serializable {}

  public KernelSummary {
    modes = List.copyOf(modes);
    spectra = List.copyOf(spectra);
  }

  static KernelSummary of(
      NtkSettings settings,
      KernelPoints points,
      @Nullable Double learningRateLimit,
      List<ModeEnergy> modes,
      List<Spectrum> spectra) {
    return new KernelSummary(
        points.sample().points().count(),
        points.training().points().count(),
        settings.points().pattern().scope(),
        learningRateLimit,
        trainingBounds(points, spectra),
        modes,
        spectra);
  }

  /** The spectrum of {@code term} on the sample at the last checkpoint, null when there is none. */
  public @Nullable Spectrum last(String term) {
    return last(term, Scope.SAMPLE);
  }

  /**
   * The spectrum of {@code term} on the points of {@code wanted}, null where the trial has ended
   * before that of the sample's last checkpoint.
   */
  public @Nullable Spectrum last(String term, Scope wanted) {
    int epoch = spectra.stream().mapToInt(Spectrum::epoch).max().orElse(-1);
    Spectrum found = null;
    for (Spectrum spectrum : spectra) {
      if (spectrum.epoch() == epoch && spectrum.term().equals(term) && spectrum.scope() == wanted) {
        found = spectrum;
      }
    }
    return found;
  }

  /** ‖K_t − K_0‖_F / ‖K_0‖_F on the sample at the last checkpoint; null without one at 0. */
  public @Nullable Double drift() {
    Spectrum total = last("total");
    return total == null ? null : total.facts().drift();
  }

  /**
   * A kernel of some training points is a principal submatrix of that of all, so that its λ_min is
   * not below theirs. Bounds that exclude each other prove nothing.
   */
  private static @Nullable Bounds trainingBounds(KernelPoints points, List<Spectrum> spectra) {
    int last = spectra.stream().mapToInt(Spectrum::epoch).max().orElse(-1);
    double lower = 0;
    double upper = Double.POSITIVE_INFINITY;
    for (Spectrum spectrum : spectra) {
      boolean ofTraining = spectrum.scope() != Scope.SAMPLE || points.sampleOfTraining();
      if (spectrum.epoch() == last
          && spectrum.term().equals("total")
          && ofTraining
          && !spectrum.isContradicted()) {
        upper = Math.min(upper, spectrum.lambdaMinUpper());
        lower =
            points.isEvery(spectrum.points()) ? Math.max(lower, spectrum.lambdaMinLower()) : lower;
      }
    }
    if (last < 0) {
      return null;
    }
    return lower > upper ? new Bounds(0, Double.POSITIVE_INFINITY) : new Bounds(lower, upper);
  }
}
