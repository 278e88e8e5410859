package io.eigensweep.encoding;

import java.util.List;

/**
 * N points under an encoding: the part of γ(x) that does not learn, computed once, and the stencils
 * with which the learning part reads its grids.
 *
 * @param count N
 * @param fixedDimension leading entries of γ that do not learn
 * @param features k, numbers per grid node; 0 without grids
 * @param fixed N × fixedDimension, row-major
 * @param levels one entry per grid level, the coarsest first
 */
@SuppressWarnings(
    "ArrayRecordComponent") // tables shared read-only with inner loops; never compared
public record EncodedPoints(
    int count, int fixedDimension, int features, double[] fixed, List<Stencils> levels) {
  public EncodedPoints {
    levels = List.copyOf(levels);
  }

  /** e, the length of γ(x). */
  public int encodedDimension() {
    return fixedDimension + features * levels.size();
  }

  /** The points listed in {@code rows}, in that order. */
  public EncodedPoints select(int[] rows) {
    double[] selected = new double[rows.length * fixedDimension];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(
          fixed, rows[i] * fixedDimension, selected, i * fixedDimension, fixedDimension);
    }
    return new EncodedPoints(
        rows.length,
        fixedDimension,
        features,
        selected,
        levels.stream().map(level -> level.select(rows)).toList());
  }
}
