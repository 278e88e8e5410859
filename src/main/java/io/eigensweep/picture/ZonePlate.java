package io.eigensweep.picture;

import org.apache.commons.rng.UniformRandomProvider;

/**
 * Zone plate: 0.5 + 0.5·cos(k·r² + phase), r in pixels from the centre, the same in all channels.
 * The local frequency along an axis is k·d/π cycles per pixel at distance d; k is chosen so that it
 * reaches Nyquist's 1/2 at the farthest border. Picture 0 is centred with phase 0; the others have
 * their own centre and phase.
 */
final class ZonePlate {
  private ZonePlate() {}

  static float[] draw(int size, int index, UniformRandomProvider random) {
    double centreX = 0.5;
    double centreY = 0.5;
    double phase = 0;
    if (index > 0) {
      centreX = random.nextDouble();
      centreY = random.nextDouble();
      phase = 2 * StrictMath.PI * random.nextDouble();
    }
    double farthest =
        size * Math.max(Math.max(centreX, 1 - centreX), Math.max(centreY, 1 - centreY));
    double k = StrictMath.PI / (2 * farthest);
    float[] values = GeneratedPicture.values(size);
    for (int row = 0; row < size; row++) {
      double dy = row + 0.5 - centreY * size;
      for (int column = 0; column < size; column++) {
        double dx = column + 0.5 - centreX * size;
        float value = (float) (0.5 + 0.5 * StrictMath.cos(k * (dx * dx + dy * dy) + phase));
        int at = 3 * (row * size + column);
        values[at] = value;
        values[at + 1] = value;
        values[at + 2] = value;
      }
    }
    return values;
  }
}
