package io.eigensweep.signal;

/** Where in [0,1] a pixel lies. */
public enum Coordinates {
  /** u = (column + 0.5)/width, v = (row + 0.5)/height. */
  CENTERS,
  /** u = column/(width − 1), v = row/(height − 1). */
  CORNERS
}
