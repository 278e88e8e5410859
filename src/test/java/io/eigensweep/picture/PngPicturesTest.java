package io.eigensweep.picture;

import static io.eigensweep.picture.PngBytes.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** PNG of every colour type, each of 2 × 2 pixels. */
final class PngPicturesTest {
  private static final Offset<Double> EXACT = within(1e-12);

  private final PictureDecoder decoder = new PictureDecoder();

  @Test
  void grayKeepsItsLuminance() throws UnreadablePictureException {
    double[][] rgb =
        pixels(PngBytes.of(2, 2, 8, PngBytes.GRAY).rows(bytes(0, 64), bytes(128, 255)).build());

    assertThat(rgb[0]).containsExactly(0, 0, 0);
    assertThat(rgb[1]).containsExactly(64 / 255.0, 64 / 255.0, 64 / 255.0);
    assertThat(rgb[2]).containsExactly(128 / 255.0, 128 / 255.0, 128 / 255.0);
    assertThat(rgb[3]).containsExactly(1, 1, 1);
  }

  @Test
  void grayOfFewBitsSpansBlackToWhite() throws UnreadablePictureException {
    double[][] one =
        pixels(PngBytes.of(2, 2, 1, PngBytes.GRAY).rows(bytes(0x40), bytes(0x80)).build());
    double[][] two =
        pixels(PngBytes.of(2, 2, 2, PngBytes.GRAY).rows(bytes(0x10), bytes(0xB0)).build());
    double[][] four =
        pixels(PngBytes.of(2, 2, 4, PngBytes.GRAY).rows(bytes(0x05), bytes(0xAF)).build());

    assertThat(channel(one, 0)).containsExactly(0, 1, 1, 0);
    assertThat(channel(two, 1)).containsExactly(new double[] {0, 1 / 3.0, 2 / 3.0, 1}, EXACT);
    assertThat(channel(four, 2)).containsExactly(new double[] {0, 1 / 3.0, 2 / 3.0, 1}, EXACT);
  }

  @Test
  void sixteenBitsAreDividedByTheirMaximum() throws UnreadablePictureException {
    double[][] gray =
        pixels(
            PngBytes.of(2, 2, 16, PngBytes.GRAY)
                .rows(bytes(0, 1, 1, 0), bytes(0x80, 0, 0xFF, 0xFF))
                .build());
    double[][] rgb =
        pixels(
            PngBytes.of(2, 2, 16, PngBytes.RGB)
                .rows(bytes(0, 1, 2, 0, 255, 255, 0, 0, 0, 0, 0, 0), new byte[12])
                .build());

    assertThat(channel(gray, 0))
        .containsExactly(new double[] {1 / 65535.0, 256 / 65535.0, 32768 / 65535.0, 1}, EXACT);
    assertThat(rgb[0]).containsExactly(new double[] {1 / 65535.0, 512 / 65535.0, 1}, EXACT);
  }

  @Test
  void paletteGivesItsColours() throws UnreadablePictureException {
    byte[] palette = bytes(255, 0, 0, 0, 51, 0, 0, 0, 102);
    double[][] rgb =
        pixels(
            PngBytes.of(2, 2, 8, PngBytes.PALETTE)
                .chunk("PLTE", palette)
                .rows(bytes(0, 1), bytes(2, 0))
                .build());

    assertThat(rgb[0]).containsExactly(1, 0, 0);
    assertThat(rgb[1]).containsExactly(0, 0.2, 0);
    assertThat(rgb[2]).containsExactly(0, 0, 0.4);
  }

  @Test
  void alphaLiesOverWhite() throws UnreadablePictureException {
    double[][] rgba =
        pixels(
            PngBytes.of(2, 2, 8, PngBytes.RGBA)
                .rows(bytes(0, 51, 255, 255, 0, 51, 255, 0), bytes(0, 51, 255, 51, 9, 9, 9, 255))
                .build());
    double[][] gray =
        pixels(
            PngBytes.of(2, 2, 8, PngBytes.GRAY_ALPHA)
                .rows(bytes(51, 255, 51, 0), bytes(0, 51, 0, 255))
                .build());
    double[][] palette =
        pixels(
            PngBytes.of(2, 2, 8, PngBytes.PALETTE)
                .chunk("PLTE", bytes(0, 0, 0, 255, 0, 0))
                .chunk("tRNS", bytes(51))
                .rows(bytes(0, 1), bytes(1, 1))
                .build());

    assertThat(rgba[0]).containsExactly(0, 0.2, 1);
    assertThat(rgba[1]).containsExactly(1, 1, 1);
    assertThat(rgba[2]).containsExactly(new double[] {0.8, 0.84, 1}, EXACT);
    assertThat(channel(gray, 0)).containsExactly(new double[] {0.2, 1, 0.8, 0}, EXACT);
    assertThat(palette[0]).containsExactly(new double[] {0.8, 0.8, 0.8}, EXACT);
    assertThat(palette[1]).containsExactly(1, 0, 0);
  }

  @Test
  void sixteenBitAlphaLiesOverWhite() throws UnreadablePictureException {
    double[][] gray =
        pixels(
            PngBytes.of(2, 2, 16, PngBytes.GRAY_ALPHA)
                .rows(bytes(0, 0, 0x33, 0x33, 0, 0, 255, 255), new byte[8])
                .build());

    assertThat(channel(gray, 0)).containsExactly(new double[] {0.8, 0, 1, 1}, EXACT);
  }

  @Test
  void oneTransparentColourLiesOverWhite() throws UnreadablePictureException {
    double[][] rgb =
        pixels(
            PngBytes.of(2, 2, 8, PngBytes.RGB)
                .chunk("tRNS", bytes(0, 10, 0, 20, 0, 30))
                .rows(bytes(10, 20, 30, 0, 51, 0), bytes(0, 0, 0, 10, 20, 30))
                .build());
    double[][] gray =
        pixels(
            PngBytes.of(2, 2, 8, PngBytes.GRAY)
                .chunk("tRNS", bytes(0, 51))
                .rows(bytes(51, 102), bytes(0, 51))
                .build());

    assertThat(rgb[0]).containsExactly(1, 1, 1);
    assertThat(rgb[1]).containsExactly(0, 0.2, 0);
    assertThat(channel(gray, 0)).containsExactly(1, 0.4, 0, 1);
  }

  @Test
  void gammaAndStrayChunksDontChangeSamples() throws UnreadablePictureException {
    double[][] rgb =
        pixels(
            PngBytes.of(2, 2, 8, PngBytes.GRAY)
                .chunk("gAMA", bytes(0, 1, 134, 160))
                .chunk("tEXt", bytes('a', 0, 'b'))
                .rows(bytes(51, 51), bytes(51, 51))
                .pieces(1)
                .build());

    assertThat(channel(rgb, 0)).containsExactly(0.2, 0.2, 0.2, 0.2);
  }

  private double[][] pixels(byte[] file) throws UnreadablePictureException {
    StoredPicture picture = decoder.decode(file);
    assertThat(picture.width()).isEqualTo(2);
    assertThat(picture.height()).isEqualTo(2);
    double[][] pixels = new double[4][3];
    double[] row = new double[6];
    for (int y = 0; y < 2; y++) {
      picture.row(y, row);
      System.arraycopy(row, 0, pixels[2 * y], 0, 3);
      System.arraycopy(row, 3, pixels[2 * y + 1], 0, 3);
    }
    return pixels;
  }

  private static double[] channel(double[][] pixels, int channel) {
    double[] values = new double[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = pixels[i][channel];
    }
    return values;
  }
}
