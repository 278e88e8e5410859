package io.eigensweep.aggregate;

import io.eigensweep.measure.Measure;
import io.eigensweep.trial.TrialResult;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A setting against a reference on the same pictures and seeds.
 *
 * @param setting the reference's name, null when there is none
 * @param differences of each of {@link io.eigensweep.measure.Measures#PAIRED}, by column
 * @param orders log10 of the ratios of λ_min
 */
public record PairedComparison(
    @Nullable String setting, Map<String, PairedDifference> differences, Censored orders) {
  static final PairedComparison NONE = new PairedComparison(null, Map.of(), Censored.NONE);

  public PairedComparison {
    differences = Map.copyOf(differences);
  }

  /**
   * The differences of {@code measure}.
   *
   * @throws IllegalArgumentException when none are taken of it
   */
  public PairedDifference of(Measure<TrialResult, Double> measure) {
    if (measure.paired() == null) {
      throw new IllegalArgumentException("no differences are taken of " + measure.name());
    }
    return Objects.requireNonNullElse(differences.get(measure.name()), PairedDifference.NONE);
  }
}
