package io.eigensweep.aggregate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Student's interval of a mean over pictures.
 *
 * <p>The differences of one picture under several seeds are alike, so a picture counts once: with
 * S_g the sum of its n_g values and m the mean of all N values, the variance of m is estimated as
 * G/(G−1) Σ_g (S_g − n_g m)² / N² over the G pictures, and the interval is m ± t √variance with G −
 * 1 degrees of freedom (the cluster-robust variance: Cameron and Miller 2015, equation 12 and
 * section VI.D). With as many seeds for each picture it is the t interval of the pictures' means,
 * which for normal ones holds what it promises from two pictures on.
 */
final class MeanInterval {
  /** Share of such intervals that hold the mean over all pictures like these. */
  static final double CONFIDENCE = 0.95;

  private MeanInterval() {}

  /**
   * The interval of the mean of {@code values}, where {@code pictures} tells which of them belong
   * together; null for a single picture, which tells nothing of others.
   */
  static @Nullable Interval of(List<Double> values, List<?> pictures) {
    if (values.size() != pictures.size()) {
      throw new IllegalArgumentException(
          pictures.size() + " pictures for " + values.size() + " values");
    }
    double mean = values.stream().mapToDouble(value -> value).sum() / values.size();
    Map<Object, Double> deviations = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      deviations.merge(pictures.get(i), values.get(i) - mean, Double::sum);
    }
    int clusters = deviations.size();
    if (clusters < 2) {
      return null;
    }
    double squares = deviations.values().stream().mapToDouble(sum -> sum * sum).sum();
    double error = Math.sqrt(squares * clusters / (clusters - 1)) / values.size();
    double half = StudentT.quantile(1 - CONFIDENCE, clusters - 1) * error;
    return new Interval(mean - half, mean + half);
  }
}
