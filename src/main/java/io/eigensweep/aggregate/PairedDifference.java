package io.eigensweep.aggregate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A metric minus that of a reference on the same pictures and seeds.
 *
 * @param moments of the differences
 * @param lower lower end of the 95 % interval of their mean over pictures, null for a single
 *     picture
 * @param upper its upper end
 */
public record PairedDifference(Moments moments, @Nullable Double lower, @Nullable Double upper) {
  static final PairedDifference NONE = new PairedDifference(Moments.NONE, null, null);

  /** The statistics of {@code differences}, each with the picture it was taken on. */
  static PairedDifference of(List<Double> differences, List<?> pictures) {
    Interval interval = MeanInterval.of(differences, pictures);
    return new PairedDifference(
        Moments.of(differences),
        interval == null ? null : interval.lower(),
        interval == null ? null : interval.upper());
  }

  /** How many pairs. */
  public int n() {
    return moments.n();
  }

  /** The mean difference, null without pairs. */
  public @Nullable Double mean() {
    return moments.mean();
  }

  /** Standard deviation of the differences, null for fewer than two. */
  public @Nullable Double sd() {
    return moments.sd();
  }
}
