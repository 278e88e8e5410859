package io.eigensweep.picture;

import java.awt.image.Raster;

/**
 * Turns the raw components of a JPEG into sRGB.
 *
 * <p>Gray is repeated. YCbCr follows JFIF (ITU-T T.871) in libjpeg's fixed-point form, so that the
 * 8-bit values are those of common decoders. CMYK and YCCK go through the embedded profile if it is
 * usable ({@link CmykConversion}), else through the plain conversion of the inks, R = (255 − C)(255
 * − K)/255, rounded; with Adobe's marker the file holds the complements 255 − C and 255 − K. Colour
 * profiles of gray and RGB pictures are ignored, as ImageNet practice does.
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
    if (header.transformed()) {
      untransform();
    }
    switch (header.components()) {
      case 1 -> {
        for (int x = 0; x < width(); x++) {
          put(rgb, x, samples[x], samples[x], samples[x]);
        }
      }
      case 3 -> {
        for (int x = 0; x < width(); x++) {
          put(rgb, x, samples[3 * x], samples[3 * x + 1], samples[3 * x + 2]);
        }
      }
      default -> inks(rgb);
    }
  }

  /** Replaces Y, Cb, Cr by R, G, B, and with four components by C, M, Y = 255 − R, G, B. */
  private void untransform() {
    int bands = header.components();
    for (int at = 0; at < samples.length; at += bands) {
      int luma = samples[at];
      int cb = samples[at + 1] - 128;
      int cr = samples[at + 2] - 128;
      samples[at] = clamp(luma + ((91_881 * cr + HALF) >> 16));
      samples[at + 1] = clamp(luma + ((-22_554 * cb - 46_802 * cr + HALF) >> 16));
      samples[at + 2] = clamp(luma + ((116_130 * cb + HALF) >> 16));
      for (int band = 0; bands == 4 && band < 3; band++) {
        samples[at + band] = 255 - samples[at + band];
      }
    }
  }

  private void inks(double[] rgb) {
    byte[] inks = new byte[samples.length];
    for (int i = 0; i < inks.length; i++) {
      inks[i] = (byte) (header.adobe() ? 255 - samples[i] : samples[i]);
    }
    int[] colours =
        header.profile().map(profile -> profile.toRgb(inks)).orElseGet(() -> plain(inks));
    for (int x = 0; x < width(); x++) {
      put(rgb, x, colours[3 * x], colours[3 * x + 1], colours[3 * x + 2]);
    }
  }

  private static int[] plain(byte[] inks) {
    int[] colours = new int[inks.length / 4 * 3];
    for (int i = 0; i < colours.length; i++) {
      int ink = inks[i / 3 * 4 + i % 3] & 255;
      int key = inks[i / 3 * 4 + 3] & 255;
      colours[i] = ((255 - ink) * (255 - key) + 127) / 255;
    }
    return colours;
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
