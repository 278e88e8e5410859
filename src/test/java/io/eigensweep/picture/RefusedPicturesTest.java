package io.eigensweep.picture;

import static io.eigensweep.picture.PngBytes.bytes;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Files that are no usable picture: the message names the reason. */
final class RefusedPicturesTest {
  private final PictureDecoder decoder = new PictureDecoder();

  @Test
  void emptyFile() {
    refused(new byte[0], "the file is empty");
  }

  @Test
  void webPage() {
    refused(ascii("\n<!DOCTYPE html><html>404</html>"), "an HTML page");
    refused(ascii("<html>moved</html>"), "an HTML page");
  }

  @Test
  void otherFormats() {
    refused(ascii("RIFF\0\0\0\0WEBPVP8 "), "a WebP file");
    refused(ascii("II*\0\b\0\0\0"), "a TIFF file");
    refused(ascii("plain words\n"), "begins with \"plain words\\x0a\"");
  }

  @Test
  void jpegWithoutAFrame() {
    refused(bytes(0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 'J'), "a JPEG");
    refused(bytes(0xFF, 0xD8), "a JPEG");
  }

  @Test
  void jpegOfOtherKinds() throws IOException {
    byte[] file = JpegBytes.flat(16, 16, 10, 20, 30);

    refused(JpegBytes.withFrameByte(file, 0, 0xC3), "lossless JPEG (SOF3)");
    refused(JpegBytes.withFrameByte(file, 0, 0xC5), "hierarchical JPEG (SOF5)");
    refused(JpegBytes.withFrameByte(file, 0, 0xC9), "arithmetic-coded JPEG (SOF9)");
    refused(JpegBytes.withFrameByte(file, 3, 12), "12 bits per sample");
    refused(JpegBytes.withFrameByte(file, 8, 2), "2 components");
  }

  @Test
  void truncatedJpeg() throws IOException {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(2);
    for (int i = 0; i < 64 * 64; i++) {
      image.setRGB(i % 64, i / 64, random.nextInt(1 << 24));
    }
    byte[] file = JpegBytes.of(image, 0.9f);

    refused(Arrays.copyOf(file, file.length / 2), "truncated");
    refused(Arrays.copyOf(file, 200), "JPEG");
  }

  @Test
  void truncatedPngAndGif() throws IOException {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_INDEXED);
    Random random = new Random(3);
    for (int i = 0; i < 64 * 64; i++) {
      image.setRGB(i % 64, i / 64, random.nextInt(1 << 24));
    }
    for (String format : new String[] {"png", "gif", "bmp"}) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.write(image, format, out);
      byte[] half = Arrays.copyOf(out.toByteArray(), out.size() / 2);
      refused(half, format.toUpperCase(Locale.ROOT));
    }
  }

  @Test
  void headerBomb() throws IOException {
    byte[] png = PngBytes.of(65_536, 65_536, 8, PngBytes.RGB).rows(new byte[1]).build();
    byte[] jpeg = JpegBytes.flat(16, 16, 10, 20, 30);
    for (int at = 4; at < 8; at++) {
      jpeg = JpegBytes.withFrameByte(jpeg, at, 0xFF);
    }

    refused(png, "65536 × 65536 = 4294967296 px by its header; at most 67108864 px are read");
    refused(jpeg, "65535 × 65535 = 4294836225 px by its header; at most 67108864 px are read");
  }

  @Test
  void sidesUnderTwoPixels() throws IOException {
    refused(
        PngBytes.of(1, 1, 8, PngBytes.GRAY).rows(bytes(7)).build(),
        "the picture is 1 × 1 px; a side must be at least 2 px");
    refused(JpegBytes.flat(16, 1, 9), "the picture is 16 × 1 px");
  }

  @Test
  void pngDamage() {
    byte[] sound = PngBytes.of(2, 2, 8, PngBytes.GRAY).rows(bytes(1, 2), bytes(3, 4)).build();
    byte[] unsigned = sound.clone();
    unsigned[0] = 0;

    refused(unsigned, "a PNG with a damaged signature");
    refused(
        PngBytes.of(2, 2, 3, PngBytes.GRAY).rows(bytes(1), bytes(1)).build(), "Bit depth must be");
    refused(PngBytes.of(2, 2, 8, 5).rows(bytes(1), bytes(1)).build(), "olor type");
    refused(PngBytes.of(2, 2, 8, PngBytes.PALETTE).rows(bytes(0, 0), bytes(0, 0)).build(), "PNG");
  }

  private void refused(byte[] file, String reason) {
    assertThatThrownBy(() -> decoder.decode(file))
        .isInstanceOf(UnreadablePictureException.class)
        .hasMessageContaining(reason)
        .message()
        .doesNotContain("\n");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
