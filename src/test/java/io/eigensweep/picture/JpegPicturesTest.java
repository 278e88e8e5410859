package io.eigensweep.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class JpegPicturesTest {
  /** One step of 8 bits, for the rounding of the codec. */
  private static final Offset<Double> STEP = within(1.01);

  private final PictureDecoder decoder = new PictureDecoder();

  @Test
  void colourEqualsTheJdksOwnDecoderToTheBit() throws IOException {
    Random random = new Random(1);
    BufferedImage image = new BufferedImage(37, 21, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 21; y++) {
      for (int x = 0; x < 37; x++) {
        image.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    byte[] file = JpegBytes.of(image, 0.8f);

    int[] decoded = rgb(file);

    BufferedImage expected = ImageIO.read(new ByteArrayInputStream(file));
    int[] samples = new int[3 * 37 * 21];
    expected.getRaster().getPixels(0, 0, 37, 21, samples);
    assertThat(decoded).isEqualTo(samples);
  }

  @Test
  void grayKeepsItsLuminance() throws IOException {
    assertMean(JpegBytes.flat(16, 16, 100), 100, 100, 100);
  }

  @Test
  void threeComponentsWithAdobesNoTransformAreRgb() throws IOException {
    byte[] file = JpegBytes.flat(16, 16, 200, 100, 50);

    assertMean(JpegBytes.withAdobe(file, 0), 200, 100, 50);
    assertMean(JpegBytes.withAdobe(file, 1), 91, 255, 150); // the same numbers as YCbCr, clamped
  }

  @Test
  void cmykIsConvertedWithAndWithoutAdobesInversion() throws IOException {
    byte[] file = JpegBytes.flat(16, 16, 51, 102, 204, 51);

    assertMean(file, 204 * 0.8, 153 * 0.8, 51 * 0.8);
    assertMean(JpegBytes.withAdobe(file, 0), 51 * 0.2, 102 * 0.2, 204 * 0.2);
  }

  @Test
  void ycckIsConverted() throws IOException {
    // Y = 55, Cb = Cr = 128 is the gray 55; Adobe's files store the inks' complements, 200 each.
    byte[] file = JpegBytes.withAdobe(JpegBytes.flat(16, 16, 55, 128, 128, 204), 2);

    assertMean(file, 160, 160, 160);
  }

  @Test
  void cmykWithAPrintersProfileGoesThroughIt() throws IOException {
    byte[] profile = CmykProfile.bytes();
    assertThat(ICC_Profile.getInstance(profile).getColorSpaceType())
        .isEqualTo(ColorSpace.TYPE_CMYK);

    // 255 stored with Adobe's marker is no ink. Full cyan is L* = 50 perceptually: sRGB 119.
    byte[] paper = JpegBytes.withAdobe(JpegBytes.flat(16, 16, 255, 255, 255, 255), 0);
    byte[] cyan = JpegBytes.withAdobe(JpegBytes.flat(16, 16, 0, 255, 255, 255), 0);
    byte[] black = JpegBytes.withAdobe(JpegBytes.flat(16, 16, 255, 255, 255, 0), 0);

    assertMean(JpegBytes.withProfile(paper, profile), 255, 255, 255);
    assertMean(JpegBytes.withProfile(cyan, profile), 119, 119, 119);
    assertMean(JpegBytes.withProfile(black, profile), 0, 0, 0);
    assertMean(cyan, 0, 255, 255);
  }

  @Test
  void damagedAndForeignProfilesAreIgnored() throws IOException {
    byte[] rgb = JpegBytes.withAdobe(JpegBytes.flat(16, 16, 200, 100, 50), 0);
    byte[] cmyk = JpegBytes.withAdobe(JpegBytes.flat(16, 16, 0, 255, 255, 255), 0);
    byte[] linear = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    byte[] junk = new byte[200];

    assertMean(JpegBytes.withProfile(rgb, linear), 200, 100, 50);
    assertMean(JpegBytes.withProfile(rgb, CmykProfile.bytes()), 200, 100, 50);
    assertMean(JpegBytes.withProfile(rgb, junk), 200, 100, 50);
    assertMean(JpegBytes.withProfile(cmyk, junk), 0, 255, 255);
    assertMean(JpegBytes.withProfile(cmyk, linear), 0, 255, 255);
  }

  @Test
  void exifOrientationIsIgnored() throws IOException {
    byte[] file = JpegBytes.withExif(JpegBytes.flat(24, 16, 100), 0x0112, 3, 1, 6 << 16);

    StoredPicture picture = decoder.decode(file);

    assertThat(picture.width()).isEqualTo(24);
    assertThat(picture.height()).isEqualTo(16);
  }

  @Test
  void anExifCountOfGigabytesAllocatesNothing() throws IOException {
    byte[] file = JpegBytes.withExif(JpegBytes.flat(24, 16, 100), 0x927C, 7, 0x7FFFFFF0, 26);

    assertMean(file, 100, 100, 100);
  }

  @Test
  void readersAreFoundFromAnyContextClassLoader() throws IOException {
    byte[] cmyk = JpegBytes.withAdobe(JpegBytes.flat(16, 16, 51, 102, 204, 255), 0);
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try {
      for (ClassLoader odd :
          Arrays.asList(null, ClassLoader.getPlatformClassLoader(), new ClassLoader(null) {})) {
        Thread.currentThread().setContextClassLoader(odd);
        StoredPicture picture = new PictureDecoder().decode(cmyk);
        assertThat(picture.width()).isEqualTo(16);
      }
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  private void assertMean(byte[] file, double red, double green, double blue) throws IOException {
    int[] rgb = rgb(file);
    double[] sums = new double[3];
    for (int i = 0; i < rgb.length; i++) {
      sums[i % 3] += 3.0 * rgb[i] / rgb.length;
    }
    assertThat(sums).containsExactly(new double[] {red, green, blue}, STEP);
  }

  private int[] rgb(byte[] file) throws IOException {
    StoredPicture picture = decoder.decode(file);
    int[] rgb = new int[3 * picture.width() * picture.height()];
    double[] row = new double[3 * picture.width()];
    for (int y = 0; y < picture.height(); y++) {
      picture.row(y, row);
      for (int k = 0; k < row.length; k++) {
        rgb[y * row.length + k] = (int) Math.round(255 * row[k]);
      }
    }
    return rgb;
  }
}
