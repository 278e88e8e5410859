package io.eigensweep.ntk;

import io.eigensweep.settings.Check;
import io.eigensweep.settings.Key;
import io.eigensweep.settings.Names;
import io.eigensweep.settings.SettingException;
import io.eigensweep.settings.Shorthand;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The points of a trial's kernels; the single number N stands for {@code {count: N, pattern:
 * patch}}.
 *
 * <p>Whatever the pattern, the kernel of a sample that stands for the whole signal is computed (of
 * {@code random} points drawn, else a lattice): its spectra, its drift, the residual's modes and
 * the learning-rate limit speak for all training points. The pattern says where λ_min is looked for
 * besides.
 *
 * @param count points of the sample and of a window; a lattice and a square window have k² of them,
 *     k = ⌊√count⌋
 * @param pattern where λ_min is looked for
 * @param windows how many windows; null for patterns without
 * @param budget seconds that bounds over all training points may be expected to take, see {@link
 *     AllPointsBound.Limits}; null for patterns without
 */
public record SamplePoints(
    @Key(
            meaning = "points of each kernel (k × k pixels are used, k the whole part of the root)",
            fallback = "1024",
            unit = "points",
            column = "ntk_points")
        int count,
    @Key(
            meaning =
                "where the smallest eigenvalue is looked for: in windows of neighbouring points,"
                    + " over every training point, on a lattice, or at points drawn",
            fallback = "patch",
            column = "ntk_pattern")
        Pattern pattern,
    @Key(
            meaning = "windows of the patterns patch and all, 9 when absent",
            optional = true,
            fallback = SamplePoints.WINDOWS,
            column = "ntk_windows")
        @Nullable Integer windows,
    @Key(
            meaning =
                "expected time that bounds over every training point may take with the pattern"
                    + " all, 300 when absent",
            optional = true,
            fallback = SamplePoints.BUDGET,
            unit = "s",
            column = "ntk_bound_budget")
        @Nullable Double budget)
    implements Serializable, Shorthand {
  /** Upper/lower of bounds over all points that is close enough. */
  private static final double CLOSE = 1.05;

  static final String BUDGET = "300";
  static final String WINDOWS = "9";
  private static final int MOST_WINDOWS = 1000;

  public SamplePoints {
    Check.between("count", count, 1, 46_000);
    if (pattern.hasWindows()) {
      windows = windows == null ? Integer.valueOf(WINDOWS) : windows;
      Check.between("windows", windows, 1, MOST_WINDOWS);
    } else if (windows != null) {
      throw new SettingException(
          "windows",
          "are of the patterns patch and all, " + Names.of(pattern) + " has none, got " + windows);
    }
    if (pattern == Pattern.ALL) {
      budget = budget == null ? Double.valueOf(BUDGET) : budget;
      Check.positive("budget", budget);
    } else if (budget != null) {
      throw new SettingException(
          "budget", "is of the pattern all, " + Names.of(pattern) + " has none, got " + budget);
    }
  }

  /** The pattern's usual number of windows and budget. */
  public SamplePoints(int count, Pattern pattern) {
    this(count, pattern, null, null);
  }

  /**
   * How long and how close bounds over all training points are looked for.
   *
   * @throws NullPointerException of a pattern other than {@code all}
   */
  public AllPointsBound.Limits limits() {
    return new AllPointsBound.Limits(Objects.requireNonNull(budget), CLOSE, AllPointsBound.MEMORY);
  }

  /** Reads the shorthand, a number of points in windows. */
  public static SamplePoints parse(String text) {
    if (!text.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException(
          "must be a whole number, or a block {count, pattern, windows, budget}, got " + text);
    }
    return new SamplePoints(Integer.parseInt(text), Pattern.PATCH);
  }

  @Override
  public @Nullable String shorthand() {
    return equals(new SamplePoints(count, Pattern.PATCH)) ? Integer.toString(count) : null;
  }
}
