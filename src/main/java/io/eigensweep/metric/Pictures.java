package io.eigensweep.metric;

/** The check that both structural measures share. */
public final class Pictures {
  private Pictures() {}

  /** Requires two pictures of the stated shape. */
  public static void check(
      String what, float[] reference, float[] output, int height, int width, int channels) {
    long values = (long) height * width * channels;
    if (height < 1
        || width < 1
        || channels < 1
        || reference.length != values
        || output.length != values) {
      throw new IllegalArgumentException(
          what
              + " needs two pictures of "
              + height
              + " × "
              + width
              + " × "
              + channels
              + " values, got "
              + reference.length
              + " and "
              + output.length);
    }
  }
}
