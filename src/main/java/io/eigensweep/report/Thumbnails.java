package io.eigensweep.report;

import io.eigensweep.picture.Image;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.ejml.data.DMatrixRMaj;

/** Small pictures for a page. */
final class Thumbnails {
  /** Errors from here on are drawn white. */
  static final double FULL_ERROR = 0.3;

  private static final float JPEG_QUALITY = 0.86f;
  private static final int TILE_GAP = 2;
  private static final int MAX_FEATURES = 4;

  /** From no error to a large one: black, purple, red, orange, white; lightness rises evenly. */
  private static final int[][] HEAT = {
    {0, 0, 0}, {58, 12, 92}, {150, 35, 100}, {226, 92, 45}, {250, 186, 60}, {255, 255, 240}
  };

  /** From negative over zero to positive: blue, near white, orange. */
  private static final int[][] SIGNED = {
    {8, 62, 120}, {86, 160, 211}, {245, 245, 242}, {240, 150, 80}, {150, 58, 0}
  };

  private final int side;

  /** Thumbnails of at most {@code side} pixels. */
  Thumbnails(int side) {
    this.side = side;
  }

  /** A picture as it is. */
  byte[] of(Image image) throws IOException {
    int channels = image.channels();
    return file(
        draw(
            image.width(),
            image.height(),
            pixel -> {
              int rgb = 0;
              for (int c = 0; c < 3; c++) {
                float value = image.values()[pixel * channels + Math.min(c, channels - 1)];
                rgb = (rgb << 8) | Math.round(255 * Math.min(Math.max(value, 0f), 1f));
              }
              return rgb;
            }));
  }

  /** The mean absolute difference of the channels. */
  byte[] error(Image reference, Image output) throws IOException {
    int channels = reference.channels();
    return file(
        draw(
            reference.width(),
            reference.height(),
            pixel -> {
              double sum = 0;
              for (int c = 0; c < channels; c++) {
                int at = pixel * channels + c;
                sum += Math.abs(output.values()[at] - reference.values()[at]);
              }
              return color(HEAT, sum / channels / FULL_ERROR);
            }));
  }

  /**
   * The features of a square grid level side by side, each from blue (negative) to orange.
   *
   * @param level nodes × features, nodes row by row
   */
  byte[] grid(DMatrixRMaj level) throws IOException {
    int nodes = (int) Math.round(Math.sqrt(level.numRows));
    int features = Math.min(MAX_FEATURES, level.numCols);
    int width = features * nodes + (features - 1) * TILE_GAP;
    double largest = 1e-30;
    for (int i = 0; i < level.getNumElements(); i++) {
      largest = Math.max(largest, Math.abs(level.data[i]));
    }
    double scale = largest;
    return file(
        draw(
            width,
            nodes,
            pixel -> {
              int feature = (pixel % width) / (nodes + TILE_GAP);
              int column = (pixel % width) % (nodes + TILE_GAP);
              return column >= nodes
                  ? 0x888888
                  : color(
                      SIGNED,
                      0.5 + 0.5 * level.get((pixel / width) * nodes + column, feature) / scale);
            }));
  }

  /**
   * The picture in {@code file}, three channels.
   *
   * @throws IOException when there is none
   */
  static Image read(byte[] file) throws IOException {
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(file));
    if (picture == null) {
      throw new IOException("no picture in " + file.length + " bytes");
    }
    int width = picture.getWidth();
    float[] values = new float[3 * width * picture.getHeight()];
    for (int pixel = 0; pixel < values.length / 3; pixel++) {
      int rgb = picture.getRGB(pixel % width, pixel / width);
      for (int c = 0; c < 3; c++) {
        values[3 * pixel + c] = ((rgb >> (16 - 8 * c)) & 255) / 255f;
      }
    }
    return new Image(width, picture.getHeight(), 3, values);
  }

  private interface Pixels {
    int rgb(int pixel);
  }

  private static BufferedImage draw(int width, int height, Pixels pixels) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int pixel = 0; pixel < width * height; pixel++) {
      picture.setRGB(pixel % width, pixel / width, pixels.rgb(pixel));
    }
    return picture;
  }

  private static int color(int[][] stops, double value) {
    double at = Math.min(Math.max(value, 0), 1) * (stops.length - 1);
    int below = Math.min((int) at, stops.length - 2);
    int rgb = 0;
    for (int c = 0; c < 3; c++) {
      double mixed = stops[below][c] + (at - below) * (stops[below + 1][c] - stops[below][c]);
      rgb = (rgb << 8) | (int) Math.round(mixed);
    }
    return rgb;
  }

  /** PNG where that is small, else JPEG. */
  private byte[] file(BufferedImage picture) throws IOException {
    BufferedImage small = reduced(picture);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    if (!ImageIO.write(small, "png", png)) {
      throw new IOException("this JVM has no PNG writer");
    }
    byte[] jpeg = jpeg(small);
    return png.size() <= 1.5 * jpeg.length ? png.toByteArray() : jpeg;
  }

  /** Halved by area averages while twice too large, then to the exact size. */
  private BufferedImage reduced(BufferedImage picture) {
    BufferedImage current = picture;
    while (Math.max(current.getWidth(), current.getHeight()) > side) {
      int longest = Math.max(current.getWidth(), current.getHeight());
      double factor = Math.max(0.5, (double) side / longest);
      int width = Math.max(1, (int) Math.round(current.getWidth() * factor));
      int height = Math.max(1, (int) Math.round(current.getHeight() * factor));
      BufferedImage smaller = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = smaller.createGraphics();
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      graphics.drawImage(current, 0, 0, width, height, null);
      graphics.dispose();
      current = smaller;
    }
    return current;
  }

  private static byte[] jpeg(BufferedImage picture) throws IOException {
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("jpeg");
    if (!writers.hasNext()) {
      throw new IOException("this JVM has no JPEG writer");
    }
    ImageWriter writer = writers.next();
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ImageWriteParam settings = writer.getDefaultWriteParam();
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(JPEG_QUALITY);
      MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(picture, null, null), settings);
      stream.close();
      return bytes.toByteArray();
    } finally {
      writer.dispose();
    }
  }
}
