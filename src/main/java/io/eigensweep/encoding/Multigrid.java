package io.eigensweep.encoding;

import io.eigensweep.spec.Check;
import io.eigensweep.spec.Key;
import io.eigensweep.spec.TypeName;

/**
 * Multigrid parametric encoding (arXiv 2504.13412): γ(x) = [x, interpolation of level 0, …, of
 * level L−1]. Level l has n_l = max(1, floor(R / b^(L−1−l) + 0.5)) cells per axis, (n_l + 1)^d
 * nodes at j/n_l and k trainable numbers per node, initialised N(0, init-std²).
 *
 * @param levels L, at least 1
 * @param features k, numbers per node
 * @param resolution R, cells per axis of the finest level
 * @param growth b, ratio of resolutions between levels
 * @param initStd standard deviation of the initial node values
 * @param interpolation how a level is read between its nodes
 */
@TypeName("multigrid")
public record Multigrid(
    @Key(meaning = "number of frequencies (fourier) or of grid levels (multigrid)", fallback = "2")
        int levels,
    @Key(meaning = "trainable numbers per grid node", fallback = "2") int features,
    @Key(meaning = "cells per axis of the finest grid level", unit = "cells") int resolution,
    @Key(meaning = "ratio of resolutions of neighbouring grid levels", fallback = "2")
        double growth,
    @Key(
            meaning = "standard deviation of the initial grid values",
            fallback = "0.01",
            column = "grid_init_std")
        double initStd,
    @Key(meaning = "how a grid level is read between its nodes", fallback = "linear")
        Interpolation interpolation)
    implements Encoding {
  public Multigrid {
    Check.between("levels", levels, 1, 16);
    Check.between("features", features, 1, 64);
    Check.between("resolution", resolution, 1, 65_536);
    if (!(growth >= 1) || growth > 16) {
      throw new IllegalArgumentException("growth must be between 1 and 16, got " + growth);
    }
    Check.positive("init-std", initStd);
  }

  /** Cells per axis n_l of level {@code level}, 0 the coarsest. */
  public int cells(int level) {
    return (int) Math.max(1, Math.floor(resolution / Math.pow(growth, levels - 1 - level) + 0.5));
  }

  /** Nodes (n_l + 1)^d of level {@code level}. */
  public long nodes(int level, int d) {
    long perAxis = cells(level) + 1L;
    long nodes = 1;
    for (int axis = 0; axis < d; axis++) {
      nodes = Math.multiplyExact(nodes, perAxis);
    }
    return nodes;
  }

  @Override
  public int encodedDimension(int d) {
    return d + features * levels;
  }

  @Override
  public long parameterCount(int d) {
    long count = 0;
    for (int level = 0; level < levels; level++) {
      count = Math.addExact(count, Math.multiplyExact(nodes(level, d), (long) features));
    }
    return count;
  }
}
