package io.eigensweep.ntk;

import io.eigensweep.spec.Check;
import io.eigensweep.spec.Key;
import io.eigensweep.spec.Shorthand;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The sample points of a kernel; the single number N stands for {@code {count: N, pattern:
 * lattice}}.
 *
 * @param count points asked for; a lattice uses k² of them, see DESIGN §3
 * @param pattern where they lie
 */
public record SamplePoints(
    @Key(
            meaning = "sample points of the kernel asked for (a lattice of k × k pixels uses k²)",
            fallback = "1024",
            unit = "points",
            column = "ntk_points")
        int count,
    @Key(meaning = "where the sample points lie", fallback = "lattice", column = "ntk_pattern")
        Pattern pattern)
    implements Serializable, Shorthand {
  public SamplePoints {
    Check.between("count", count, 1, 46_000);
  }

  /** Reads the shorthand, a number of points on a lattice. */
  public static SamplePoints parse(String text) {
    if (!text.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException(
          "must be a whole number, or a block {count, pattern}, got " + text);
    }
    return new SamplePoints(Integer.parseInt(text), Pattern.LATTICE);
  }

  @Override
  public @Nullable String shorthand() {
    return pattern == Pattern.LATTICE ? Integer.toString(count) : null;
  }
}
