package io.eigensweep.signal;

/** Where pixels lie in [0,1]², and which of them stand for a picture in its kernel. */
public final class PixelGrid {
  private PixelGrid() {}

  /**
   * The coordinates (u, v) of every pixel, row by row.
   *
   * @return height·width × 2, row-major
   */
  public static double[] coordinates(int width, int height, Coordinates convention) {
    double[] points = new double[Math.multiplyExact(2, Math.multiplyExact(width, height))];
    int at = 0;
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        points[at++] = position(column, width, convention);
        points[at++] = position(row, height, convention);
      }
    }
    return points;
  }

  /**
   * A lattice of k × k pixels, k = min(floor(√points), width, height): on each axis the pixels
   * floor((i + ½)·side/k), rows outer, columns inner.
   *
   * @return k² pixel indices, row·width + column
   */
  public static int[] lattice(int width, int height, int points) {
    int k = Math.min((int) Math.floor(Math.sqrt(points)), Math.min(width, height));
    int[] pixels = new int[k * k];
    for (int v = 0; v < k; v++) {
      int row = nearest(v, height, k);
      for (int u = 0; u < k; u++) {
        pixels[v * k + u] = row * width + nearest(u, width, k);
      }
    }
    return pixels;
  }

  /**
   * The k × k neighbouring pixels from ({@code column}, {@code row}) on, rows outer.
   *
   * @return k² pixel indices, row·width + column
   */
  public static int[] window(int width, int column, int row, int k) {
    int[] pixels = new int[k * k];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (row + i / k) * width + column + i % k;
    }
    return pixels;
  }

  /**
   * The pixels that are trained on when the others are held out: those of even row and even column,
   * row by row. They form a picture of ⌈height/2⌉ × ⌈width/2⌉ pixels and half the Nyquist frequency
   * on both axes, above which a frequency of one axis can't be told from its alias.
   *
   * @return pixel indices, row·width + column, ascending
   */
  public static int[] trained(int width, int height) {
    int[] pixels = new int[Math.multiplyExact((width + 1) / 2, (height + 1) / 2)];
    int at = 0;
    for (int row = 0; row < height; row += 2) {
      for (int column = 0; column < width; column += 2) {
        pixels[at++] = row * width + column;
      }
    }
    return pixels;
  }

  private static int nearest(int i, int side, int k) {
    return (int) ((2L * i + 1) * side / (2L * k));
  }

  private static double position(int index, int side, Coordinates convention) {
    return switch (convention) {
      case CENTERS -> (index + 0.5) / side;
      case CORNERS -> index / (side - 1.0);
    };
  }
}
