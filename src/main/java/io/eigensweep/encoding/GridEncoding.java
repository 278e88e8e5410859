package io.eigensweep.encoding;

import io.eigensweep.settings.Check;
import io.eigensweep.settings.SettingException;

/**
 * An encoding that learns on grids: γ(x) = [x, interpolation of level 0, …, of level L−1]. Level l
 * has n_l = max(1, floor(R / b^(L−1−l) + 0.5)) cells per axis; its nodes read their k trainable
 * numbers from a table, one entry for each node ({@link Multigrid}) or shared ({@link Hashgrid}).
 */
public sealed interface GridEncoding permits Multigrid, Hashgrid {
  /** L. */
  int levels();

  /** k, trainable numbers per entry. */
  int features();

  /** R, cells per axis of the finest level. */
  int resolution();

  /** b, ratio of resolutions of neighbouring levels. */
  double growth();

  /** Standard deviation of the initial entries. */
  double initStd();

  /** How a level is read between its nodes. */
  Interpolation interpolation();

  /** Where level {@code level} in {@code d} dimensions keeps the numbers of its nodes. */
  NodeTable table(int level, int d);

  /** Cells per axis n_l of level {@code level}, 0 the coarsest. */
  default int cells(int level) {
    return (int)
        Math.max(
            1, Math.floor(resolution() / StrictMath.pow(growth(), levels() - 1 - level) + 0.5));
  }

  /** Entries of all levels in {@code d} dimensions. */
  default long entries(int d) {
    long count = 0;
    for (int level = 0; level < levels(); level++) {
      count = Math.addExact(count, table(level, d).entries());
    }
    return count;
  }

  /** The checks that both kinds of grid share. */
  static void check(int levels, int features, int resolution, double growth, double initStd) {
    Check.between("levels", levels, 1, 16);
    Check.between("features", features, 1, 64);
    Check.between("resolution", resolution, 1, 65_536);
    if (!(growth >= 1) || growth > 16) {
      throw new SettingException("growth", "must be between 1 and 16, got " + growth);
    }
    Check.positive("init-std", initStd);
  }
}
