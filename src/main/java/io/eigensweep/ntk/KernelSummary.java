package io.eigensweep.ntk;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a trial's row says of its kernels.
 *
 * @param points N, the points that were used
 * @param learningRateLimit NC/λ_max(K_full) at initialisation; null when it was not computed
 * @param drift ‖K_t − K_0‖_F / ‖K_0‖_F at the last checkpoint; null without a checkpoint at 0
 * @param weylSlack min over i of λ_i(K) − λ_i(K_mlp) − λ_min(K_grid) at the last checkpoint; null
 *     where there is no grid or where rounding leaves it open
 * @param modes residual energies between neighbouring checkpoints; empty with fewer than two
 * @param spectra the spectra of every term at every checkpoint, in order of epoch, then total, mlp,
 *     grid
 */
public record KernelSummary(
    int points,
    @Nullable Double learningRateLimit,
    @Nullable Double drift,
    @Nullable Double weylSlack,
    List<ModeEnergy> modes,
    List<Spectrum> spectra)
    implements Serializable {
  public KernelSummary {
    modes = List.copyOf(modes);
    spectra = List.copyOf(spectra);
  }

  /** The spectrum of {@code term} at the last checkpoint, null when there is none. */
  public @Nullable Spectrum last(String term) {
    Spectrum found = null;
    for (Spectrum spectrum : spectra) {
      if (spectrum.term().equals(term)) {
        found = spectrum;
      }
    }
    return found;
  }
}
