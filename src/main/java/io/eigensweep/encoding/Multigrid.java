package io.eigensweep.encoding;

import io.eigensweep.settings.Key;
import io.eigensweep.settings.TypeName;

/**
 * Multigrid parametric encoding (arXiv 2504.13412): γ(x) = [x, interpolation of level 0, …, of
 * level L−1]. Level l has n_l = max(1, floor(R / b^(L−1−l) + 0.5)) cells per axis, (n_l + 1)^d
 * nodes at j/n_l ((n_l + 3)^d for a cubic B-spline) and k trainable numbers per node, initialised
 * N(0, init-std²).
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
    @Key(
            meaning = "number of frequencies (fourier) or of grid levels (multigrid, hashgrid)",
            fallback = "2")
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
    implements Encoding, GridEncoding {
  public Multigrid {
    GridEncoding.check(levels, features, resolution, growth, initStd);
  }

  /** The nodes of level {@code level}. */
  public long nodes(int level, int d) {
    return table(level, d).entries();
  }

  @Override
  public NodeTable table(int level, int d) {
    return NodeTable.dense(interpolation.nodesPerAxis(cells(level)), d);
  }

  @Override
  public int encodedDimension(int d) {
    return d + features * levels;
  }

  @Override
  public long parameterCount(int d) {
    return Math.multiplyExact(entries(d), (long) features);
  }
}
