package io.eigensweep.picture;

import org.apache.commons.rng.UniformRandomProvider;

/**
 * Lines of words in stroked capitals and digits ({@link StrokeFont}): dark ink on light paper, the
 * edges of strokes softened over one pixel. Letter height, slant, weight, ink, paper and text are
 * the index's own.
 */
final class Glyphs {
  /** Width of a letter's box and of the gap after it, in letter heights. */
  private static final double WIDTH = 0.62;

  private static final double GAP = 0.26;
  private static final double MARGIN = 0.04;

  private final int size;
  private final UniformRandomProvider random;
  private final double height;
  private final double slant;
  private final double halfStroke;
  private final float[] ink;

  private Glyphs(int size, UniformRandomProvider random) {
    this.size = size;
    this.random = random;
    this.height = 0.05 + 0.07 * random.nextDouble();
    this.slant = 0.25 * random.nextDouble();
    this.halfStroke = height * (0.05 + 0.04 * random.nextDouble());
    this.ink = new float[Math.multiplyExact(size, size)];
  }

  static float[] draw(int size, UniformRandomProvider random) {
    Glyphs page = new Glyphs(size, random);
    page.write();
    double[] dark = new double[3];
    double[] light = new double[3];
    for (int channel = 0; channel < 3; channel++) {
      dark[channel] = 0.25 * random.nextDouble();
      light[channel] = 1 - 0.2 * random.nextDouble();
    }
    float[] values = GeneratedPicture.values(size);
    for (int pixel = 0; pixel < page.ink.length; pixel++) {
      double coverage = page.ink[pixel];
      for (int channel = 0; channel < 3; channel++) {
        values[3 * pixel + channel] =
            (float) (coverage * dark[channel] + (1 - coverage) * light[channel]);
      }
    }
    return values;
  }

  private void write() {
    double right = 1 - MARGIN - WIDTH * height;
    for (double base = MARGIN + height; base <= 1 - MARGIN; base += 1.6 * height) {
      int left = 2 + random.nextInt(7);
      for (double x = MARGIN; x <= right; x += (WIDTH + GAP) * height) {
        int letter = random.nextInt(StrokeFont.letters());
        if (left-- == 0) {
          left = 2 + random.nextInt(7);
        } else {
          letter(letter, x, base);
        }
      }
    }
  }

  private void letter(int letter, double x, double base) {
    for (double[] line : StrokeFont.strokes(letter)) {
      for (int i = 0; i + 3 < line.length; i += 2) {
        segment(
            x + height * (WIDTH * line[i] + slant * line[i + 1]),
            base - height * line[i + 1],
            x + height * (WIDTH * line[i + 2] + slant * line[i + 3]),
            base - height * line[i + 3]);
      }
    }
  }

  /** Inks the pixels near the segment: coverage falls from 1 to 0 over one pixel at its edge. */
  private void segment(double x0, double y0, double x1, double y1) {
    double reach = halfStroke + 1.0 / size;
    int left = Math.max(0, (int) Math.floor((Math.min(x0, x1) - reach) * size));
    int right = Math.min(size - 1, (int) Math.ceil((Math.max(x0, x1) + reach) * size));
    int top = Math.max(0, (int) Math.floor((Math.min(y0, y1) - reach) * size));
    int bottom = Math.min(size - 1, (int) Math.ceil((Math.max(y0, y1) + reach) * size));
    double dx = x1 - x0;
    double dy = y1 - y0;
    double length = dx * dx + dy * dy;
    for (int row = top; row <= bottom; row++) {
      double py = (row + 0.5) / size - y0;
      for (int column = left; column <= right; column++) {
        double px = (column + 0.5) / size - x0;
        double along = Math.max(0, Math.min(1, (px * dx + py * dy) / length));
        double ex = px - along * dx;
        double ey = py - along * dy;
        double distance = Math.sqrt(ex * ex + ey * ey);
        double coverage = Math.max(0, Math.min(1, (halfStroke - distance) * size + 0.5));
        int at = row * size + column;
        ink[at] = Math.max(ink[at], (float) coverage);
      }
    }
  }
}
