package io.eigensweep.picture;

/**
 * A picture in memory: sRGB values divided by their maximum, in [0,1].
 *
 * @param width pixels per row
 * @param height rows
 * @param channels values per pixel
 * @param values length height·width·channels, index (row·width + column)·channels + channel; not
 *     copied, must not be changed
 */
@SuppressWarnings("ArrayRecordComponent") // identity semantics are fine: images are not compared
public record Image(int width, int height, int channels, float[] values) {
  public Image {
    if ((long) width * height * channels != values.length) {
      throw new IllegalArgumentException(
          "an image of "
              + width
              + " × "
              + height
              + " × "
              + channels
              + " has not "
              + values.length
              + " values");
    }
  }

  /** Pixels. */
  public int pixels() {
    return width * height;
  }
}
