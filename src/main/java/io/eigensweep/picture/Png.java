package io.eigensweep.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Values as 8-bit sRGB pictures. */
public final class Png {
  private Png() {}

  /**
   * The picture's file; values clamped to [0,1] and rounded to the nearest level.
   *
   * @param channels values per pixel; of fewer than three the last one is repeated
   * @param values row by row, channels fastest
   */
  public static byte[] encode(int width, int height, int channels, float[] values)
      throws IOException {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int pixel = 0; pixel < width * height; pixel++) {
      int rgb = 0;
      for (int c = 0; c < 3; c++) {
        float value = values[pixel * channels + Math.min(c, channels - 1)];
        rgb = rgb << 8 | Math.round(255 * Math.min(Math.max(value, 0f), 1f));
      }
      picture.setRGB(pixel % width, pixel / width, rgb);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(picture, "png", bytes)) {
      throw new IOException("this JVM has no PNG writer");
    }
    return bytes.toByteArray();
  }
}
