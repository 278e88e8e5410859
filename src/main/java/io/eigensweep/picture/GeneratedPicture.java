package io.eigensweep.picture;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Draws the embedded pictures. A picture depends on kind, size and index only, in the same bits on
 * every machine: the generator's algorithm is fixed, and transcendental functions are {@link
 * StrictMath}'s. A scene is laid out in the unit square from kind and index, and the size is only
 * how finely it is drawn.
 */
public final class GeneratedPicture {
  private GeneratedPicture() {}

  /** Picture {@code index} of {@code kind}, {@code size} × {@code size} × 3. */
  public static Image draw(GeneratedKind kind, int size, int index) {
    UniformRandomProvider random = random(kind, index);
    float[] values =
        switch (kind) {
          case DEAD_LEAVES -> DeadLeaves.draw(size, random);
          case ZONE_PLATE -> ZonePlate.draw(size, index, random);
          case STAR -> SiemensStar.draw(size, index, random);
          case GLYPHS -> Glyphs.draw(size, random);
        };
    return new Image(size, size, 3, values);
  }

  /** Room for the values of a picture of side {@code size}. */
  static float[] values(int size) {
    return new float[Math.toIntExact(3L * size * size)];
  }

  /** The stream of one picture; the kind's number is part of the format and never changes. */
  private static UniformRandomProvider random(GeneratedKind kind, int index) {
    long series =
        switch (kind) {
          case DEAD_LEAVES -> 1;
          case ZONE_PLATE -> 2;
          case STAR -> 3;
          case GLYPHS -> 4;
        };
    return RandomSource.XO_SHI_RO_256_PP.create((series << 32) + index);
  }
}
