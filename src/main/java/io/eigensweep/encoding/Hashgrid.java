package io.eigensweep.encoding;

import io.eigensweep.settings.Check;
import io.eigensweep.settings.Key;
import io.eigensweep.settings.TypeName;

/**
 * Multiresolution hash encoding (Müller et al. 2022): a {@link Multigrid} whose levels have at most
 * T entries each. A level whose nodes fit is dense and equals the multigrid's; in a finer one the
 * nodes share T entries through a spatial hash ({@link NodeTable}). Nothing resolves collisions:
 * the gradient of an entry is the sum over all nodes that share it, and so is its kernel term.
 *
 * @param levels L, at least 1
 * @param features k, numbers per entry
 * @param resolution R, cells per axis of the finest level
 * @param growth b, ratio of resolutions between levels
 * @param tableSize T, entries of a level at most
 * @param initStd standard deviation of the initial entries
 * @param interpolation how a level is read between its nodes
 */
@TypeName("hashgrid")
public record Hashgrid(
    @Key(
            meaning = "number of frequencies (fourier) or of grid levels (multigrid, hashgrid)",
            fallback = "2")
        int levels,
    @Key(meaning = "trainable numbers per grid node", fallback = "2") int features,
    @Key(meaning = "cells per axis of the finest grid level", unit = "cells") int resolution,
    @Key(meaning = "ratio of resolutions of neighbouring grid levels", fallback = "2")
        double growth,
    @Key(
            meaning = "entries of a level at most; a level with more nodes shares them by hashing",
            unit = "entries",
            fallback = "524288")
        int tableSize,
    @Key(
            meaning = "standard deviation of the initial grid values",
            fallback = "0.01",
            column = "grid_init_std")
        double initStd,
    @Key(meaning = "how a grid level is read between its nodes", fallback = "linear")
        Interpolation interpolation)
    implements Encoding, GridEncoding {
  public Hashgrid {
    GridEncoding.check(levels, features, resolution, growth, initStd);
    Check.between("table-size", tableSize, 1, 1 << 28);
  }

  @Override
  public NodeTable table(int level, int d) {
    return NodeTable.bounded(interpolation.nodesPerAxis(cells(level)), d, tableSize);
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
