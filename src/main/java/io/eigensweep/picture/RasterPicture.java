package io.eigensweep.picture;

import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * Reads the stored samples of a decoded raster: gray, gray with alpha, RGB, RGBA of any depth, or
 * palette indices.
 *
 * <p>Samples are divided by their maximum and otherwise left alone: a gray value is repeated in
 * three channels (the JDK's {@code getRGB} would brighten it as if it were linear light), and
 * embedded colour profiles and gamma chunks are ignored, as ImageNet practice does. A pixel with
 * alpha a lies over white: a·value + (1 − a), in sRGB values.
 */
final class RasterPicture implements StoredPicture {
  private final Raster raster;
  private final int bands;
  private final double[] maxima;
  private final double[] palette;
  private final boolean premultiplied;
  private final int[] samples;

  /**
   * @param raster the samples
   * @param model what they mean
   * @throws UnreadablePictureException for other than one to four bands
   */
  RasterPicture(Raster raster, ColorModel model) throws UnreadablePictureException {
    this.raster = raster;
    this.bands = raster.getNumBands();
    if (bands < 1 || bands > 4) {
      throw new UnreadablePictureException("a picture has 1 to 4 samples per pixel, got " + bands);
    }
    this.maxima = new double[bands];
    for (int band = 0; band < bands; band++) {
      maxima[band] = (double) ((1L << raster.getSampleModel().getSampleSize(band)) - 1);
    }
    this.palette = model instanceof IndexColorModel index ? palette(index) : new double[0];
    this.premultiplied = model.hasAlpha() && model.isAlphaPremultiplied();
    this.samples = new int[Math.multiplyExact(bands, raster.getWidth())];
  }

  @Override
  public int width() {
    return raster.getWidth();
  }

  @Override
  public int height() {
    return raster.getHeight();
  }

  @Override
  public void row(int y, double[] rgb) {
    raster.getPixels(raster.getMinX(), raster.getMinY() + y, width(), 1, samples);
    if (palette.length > 0) {
      for (int x = 0; x < width(); x++) {
        System.arraycopy(palette, 3 * samples[x], rgb, 3 * x, 3);
      }
      return;
    }
    boolean colour = bands >= 3;
    boolean alpha = bands == 2 || bands == 4;
    for (int x = 0; x < width(); x++) {
      double opacity = alpha ? sample(x, bands - 1) : 1;
      for (int channel = 0; channel < 3; channel++) {
        double value = sample(x, colour ? channel : 0);
        double light = premultiplied ? value : opacity * value;
        rgb[3 * x + channel] = alpha ? light + (1 - opacity) : value;
      }
    }
  }

  private double sample(int x, int band) {
    return samples[bands * x + band] / maxima[band];
  }

  /** The colours of the palette over white; indices beyond its end are black, as libpng has it. */
  private static double[] palette(IndexColorModel model) {
    int entries = 1 << model.getPixelSize();
    double[] colours = new double[3 * entries];
    int[] packed = new int[model.getMapSize()];
    model.getRGBs(packed);
    for (int i = 0; i < Math.min(entries, packed.length); i++) {
      double opacity = (packed[i] >>> 24) / 255.0;
      for (int channel = 0; channel < 3; channel++) {
        double value = ((packed[i] >> (16 - 8 * channel)) & 255) / 255.0;
        colours[3 * i + channel] = opacity == 1 ? value : opacity * value + (1 - opacity);
      }
    }
    return colours;
  }
}
