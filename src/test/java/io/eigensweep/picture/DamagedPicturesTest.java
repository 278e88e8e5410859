package io.eigensweep.picture;

import static io.eigensweep.picture.PngBytes.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.api.Test;

/**
 * Files of which some bits are wrong: what a decoder or a sum can tell is not passed on as sound.
 */
final class DamagedPicturesTest {
  private final PictureDecoder decoder = new PictureDecoder();

  private static byte[] photograph(float quality) throws IOException {
    BufferedImage image = new BufferedImage(96, 80, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(6);
    for (int i = 0; i < 96 * 80; i++) {
      int x = i % 96;
      int y = i / 96;
      int noise = random.nextInt(24);
      int red = Math.min(255, 2 * x + noise);
      int green = Math.min(255, 3 * y + noise);
      image.setRGB(x, y, (red << 16) | (green << 8) | ((x * y / 40 + noise) & 255));
    }
    return JpegBytes.of(image, quality);
  }

  /** Where the scan of a file begins: after the segment that starts it. */
  private static int scan(byte[] jpeg) {
    for (int i = 2; ; i++) {
      if ((jpeg[i] & 255) == 0xFF && (jpeg[i + 1] & 255) == 0xDA) {
        return i + 2 + (((jpeg[i + 2] & 255) << 8) | (jpeg[i + 3] & 255));
      }
    }
  }

  /** What the JDK's own decoder warns of, errors too. */
  private static List<String> warnings(byte[] jpeg) throws IOException {
    Iterator<ImageReaderSpi> known =
        IIORegistry.getDefaultInstance()
            .getServiceProviders(
                ImageReaderSpi.class,
                provider ->
                    provider.getClass().getName().startsWith("com.sun.imageio.plugins.jpeg."),
                false);
    List<String> warnings = new ArrayList<>();
    ImageReader reader = known.next().createReaderInstance();
    try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
      reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
      reader.setInput(in, true, true);
      reader.readRaster(0, null);
    } catch (IOException e) {
      warnings.add("error: " + e.getMessage());
    } finally {
      reader.dispose();
    }
    return warnings;
  }

  private double[] pixels(byte[] file) throws UnreadablePictureException {
    StoredPicture picture = decoder.decode(file);
    int width = 3 * picture.width();
    double[] pixels = new double[width * picture.height()];
    double[] row = new double[width];
    for (int y = 0; y < picture.height(); y++) {
      picture.row(y, row);
      System.arraycopy(row, 0, pixels, y * width, width);
    }
    return pixels;
  }

  private boolean isRefused(byte[] file) {
    try {
      decoder.decode(file);
      return false;
    } catch (UnreadablePictureException e) {
      assertThat(e.getMessage()).doesNotContain("\n");
      return true;
    }
  }

  @Test
  void whatTheCodecWarnsOfInAScanIsRefused() throws IOException {
    for (float quality : new float[] {0.3f, 0.9f}) {
      byte[] sound = photograph(quality);
      assertThat(warnings(sound)).isEmpty();
      int from = scan(sound);
      Random random = new Random(7);
      int warned = 0;
      for (int trial = 0; trial < 200; trial++) {
        byte[] flipped = sound.clone();
        int at = from + random.nextInt(sound.length - 2 - from);
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        if (!warnings(flipped).isEmpty()) {
          warned++;
          assertThat(isRefused(flipped)).as("a bit of byte %s", at).isTrue();
        }
      }
      assertThat(warned).isPositive();
    }
  }

  @Test
  void bytesLeftOverAfterAScanAreDamage() throws IOException {
    byte[] sound = photograph(0.8f);
    byte[] more = inserted(sound, sound.length - 2, new int[20]);

    assertThatThrownBy(() -> decoder.decode(more))
        .isInstanceOf(UnreadablePictureException.class)
        .hasMessageMatching(
            "the picture is truncated or damaged: Corrupt JPEG data: [0-9]+ extraneous bytes before"
                + " marker 0xd9");
  }

  @Test
  void aMissingRestartMarkerIsDamage() throws IOException {
    byte[] sound = photograph(0.8f);
    byte[] wrong = inserted(sound, (scan(sound) + sound.length) / 2, 0xFF, 0xD3);

    assertThatThrownBy(() -> decoder.decode(wrong))
        .isInstanceOf(UnreadablePictureException.class)
        .hasMessageContaining("Corrupt JPEG data");
  }

  @Test
  void strayBytesBetweenTheSegmentsOfTheHeaderLeaveThePixelsWhole() throws IOException {
    byte[] sound = photograph(0.8f);
    int table = 2;
    while ((sound[table] & 255) != 0xFF || (sound[table + 1] & 255) != 0xDB) {
      table++;
    }
    byte[] stray = inserted(sound, table, 1, 2, 3, 0xFF, 0, 4);

    assertThat(Damage.strayBefore(sound)).isEmpty();
    assertThat(Damage.strayBefore(stray)).isEqualTo(Set.of(0xDB));
    assertThat(pixels(stray)).isEqualTo(pixels(sound));
    // Once in the header is no leave for another time in a scan.
    Damage damage = new Damage(Set.of(0xDB));
    damage.warning("Corrupt JPEG data: 6 extraneous bytes before marker 0xdb");
    damage.warning("Unknown Adobe color transform code 2");
    damage.warning("Warning: unknown JFIF revision number 0.00");
    damage.check();
    damage.warning("Corrupt JPEG data: 6 extraneous bytes before marker 0xdb");
    assertThatThrownBy(damage::check).isInstanceOf(UnreadablePictureException.class);
  }

  /** Every bit of a file: no other pixels than the sound ones. */
  @Test
  void noFlippedBitOfAPngGivesOtherPixels() throws IOException {
    byte[][] files = {
      PngBytes.of(3, 3, 8, PngBytes.RGB)
          .chunk("tEXt", bytes('a', 0, 'b'))
          .chunk("tRNS", bytes(0, 1, 0, 2, 0, 3))
          .rows(bytes(1, 2, 3, 4, 5, 6, 7, 8, 9), bytes(9, 8, 7, 6, 5, 4, 3, 2, 1), new byte[9])
          .pieces(20)
          .build(),
      PngBytes.of(3, 2, 2, PngBytes.PALETTE)
          .chunk("PLTE", bytes(0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255))
          .rows(bytes(0x18), bytes(0xE4))
          .build()
    };
    for (byte[] sound : files) {
      double[] pixels = pixels(sound);
      for (int bit = 0; bit < 8 * sound.length; bit++) {
        byte[] flipped = sound.clone();
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        if (!isRefused(flipped)) {
          assertThat(pixels(flipped)).as("bit %s", bit).isEqualTo(pixels);
        }
      }
    }
  }

  @Test
  void aPngWithAWrongSumIsRefused() {
    PngBytes png = PngBytes.of(2, 2, 8, PngBytes.GRAY).rows(bytes(0, 64), bytes(128, 255));
    byte[] file = png.badChecksum().build();

    assertThatThrownBy(() -> decoder.decode(file))
        .isInstanceOf(UnreadablePictureException.class)
        .hasMessageMatching(
            "the picture is damaged: the PNG's chunk IDAT at byte 33 has the sum [0-9a-f]{8}, not"
                + " [0-9a-f]{8} as it says");
    byte[] cut = Arrays.copyOf(file, file.length - 3);
    assertThatThrownBy(() -> decoder.decode(cut)).isInstanceOf(UnreadablePictureException.class);
  }

  private static byte[] inserted(byte[] file, int at, int... more) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, at);
    out.writeBytes(bytes(more));
    out.write(file, at, file.length - at);
    return out.toByteArray();
  }
}
