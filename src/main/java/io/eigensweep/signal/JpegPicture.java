package io.eigensweep.signal;

import java.awt.image.Raster;

/**
 * Turns the raw components of a JPEG into sRGB.
 *
 * <p>Gray is repeated. YCbCr follows JFIF (ITU-T T.871) in libjpeg's fixed-point form, so that the
 * 8-bit values are those of common decoders. CMYK and YCCK without a profile use the plain
 * conversion of the inks, R = (255 − C)(255 − K)/255, rounded; with Adobe's marker the file holds
 * the complements 255 − C and 255 − K. Colour profiles of gray and RGB pictures are ignored, as
 * ImageNet practice does.
 */
final class JpegPicture implements StoredPicture {
  private static final int HALF = 1 << 15;

  private final Raster components;
  private final JpegHeader header;
  private final int[] samples;

  JpegPicture(Raster components, JpegHeader header) throws UnreadablePictureException {
    if (components.getNumBands() != header.components()) {
      throw new UnreadablePictureException(
          "a JPEG whose header has "
              + header.components()
              + " components and whose scans have "
              + components.getNumBands());
    }
    this.components = components;
    this.header = header;
    this.samples = new int[header.components() * components.getWidth()];
  }

  @Override
  public int width() {
    return components.getWidth();
  }

  @Override
  public int height() {
    return components.getHeight();
  }

  @Override
  public void row(int y, double[] rgb) {
    components.getPixels(0, y, width(), 1, samples);
    int bands = header.components();
    for (int x = 0; x < width(); x++) {
      int at = bands * x;
      if (bands == 1) {
        put(rgb, x, samples[at], samples[at], samples[at]);
        continue;
      }
      int first = samples[at];
      int second = samples[at + 1];
      int third = samples[at + 2];
      if (header.transformed()) {
        int luma = first;
        int cb = second - 128;
        int cr = third - 128;
        first = clamp(luma + ((91_881 * cr + HALF) >> 16));
        second = clamp(luma + ((-22_554 * cb - 46_802 * cr + HALF) >> 16));
        third = clamp(luma + ((116_130 * cb + HALF) >> 16));
      }
      if (bands == 4) {
        int key = header.adobe() ? samples[at + 3] : 255 - samples[at + 3];
        first = light(first, key);
        second = light(second, key);
        third = light(third, key);
      }
      put(rgb, x, first, second, third);
    }
  }

  /** {@code ink} is C, M or Y as stored, or after YCCK's transform its complement. */
  private int light(int ink, int key) {
    boolean complement = header.transformed() != header.adobe();
    int paper = complement ? ink : 255 - ink;
    return (paper * key + 127) / 255;
  }

  private static void put(double[] rgb, int x, int red, int green, int blue) {
    rgb[3 * x] = red / 255.0;
    rgb[3 * x + 1] = green / 255.0;
    rgb[3 * x + 2] = blue / 255.0;
  }

  private static int clamp(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
