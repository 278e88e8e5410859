package io.eigensweep.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eigensweep.picture.GeneratedKind;
import io.eigensweep.picture.Image;
import java.util.HashSet;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class GeneratedPictureTest {
  private final PictureReader reader = new PictureReader(new Configuration(false));

  /** Recorded once: a change of any bit is a change of the embedded pictures' numbers. */
  @ParameterizedTest
  @CsvSource({
    "DEAD_LEAVES, 0, fa65a6c432e7f16e145e0dc51d9359c415cc5959795a22b2d6fcf8937e045968",
    "DEAD_LEAVES, 1, 3bd68352c3a49f574d4fd3b42adbbf1d4020487caec94235a454e0300fde26e2",
    "ZONE_PLATE, 0, 788b6641a372b22e07970b01d51dd0a7826711c8e746b04aa6ef4134859fbda5",
    "ZONE_PLATE, 1, 96bf4180c72e3c79c2c99792769b9bfa1593187829287ee99c4a9cd3f687bb4c",
    "STAR, 0, cdd81fdb38b7be22ec09c653739991b1c224e5eea4b375e19da83428d315aa57",
    "STAR, 1, b9ad5c1d6db009d4b523425a008c9e2f80261d2ebeeef089b35fd63f9c0c6559",
    "GLYPHS, 0, 75e0d13ed6e36b1ab4b2faa3be6b09eb4289681197a2a3991b5d3d6e7ebe4fda",
    "GLYPHS, 1, 293de7bfe561dfb99b24effcf622a78fd49017eb0d364abb690b2286620da380",
  })
  void bitsNeverChange(GeneratedKind kind, int index, String sha256) throws Exception {
    assertThat(load(kind, 64, index).sha256()).isEqualTo(sha256);
  }

  @ParameterizedTest
  @EnumSource
  void valuesAreIn01AndUseTheRange(GeneratedKind kind) throws Exception {
    Image image = load(kind, 96, 3).image();

    float least = 1;
    float most = 0;
    for (float value : image.values()) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    assertThat(least).isBetween(0f, 0.3f);
    assertThat(most).isBetween(0.8f, 1f);
  }

  @ParameterizedTest
  @EnumSource
  void eachIndexIsAnotherPicture(GeneratedKind kind) throws Exception {
    Set<String> seen = new HashSet<>();
    for (int index = 0; index < 12; index++) {
      assertThat(seen.add(load(kind, 32, index).sha256())).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void drawingTwiceGivesTheSameBits(GeneratedKind kind) throws Exception {
    assertThat(load(kind, 65, 2).image().values()).isEqualTo(load(kind, 65, 2).image().values());
  }

  @Test
  void deadLeavesHaveThePowerSpectrumOfPhotographs() throws Exception {
    double mean = 0;
    for (int index = 0; index < 4; index++) {
      double slope =
          PowerSpectrum.of(load(GeneratedKind.DEAD_LEAVES, 128, index).image()).slope(3, 40);
      assertThat(slope).isBetween(-2.6, -1.4);
      mean += slope / 4;
    }
    assertThat(mean).isCloseTo(-2, within(0.3));
  }

  @Test
  void deadLeavesAreOneSceneAtEverySize() throws Exception {
    Image fine = load(GeneratedKind.DEAD_LEAVES, 256, 1).image();
    Image coarse = load(GeneratedKind.DEAD_LEAVES, 64, 1).image();

    double difference = 0;
    double spread = 0;
    for (int y = 0; y < 64; y++) {
      for (int x = 0; x < 64; x++) {
        double sum = 0;
        for (int k = 0; k < 16; k++) {
          sum += fine.values()[3 * ((4 * y + k / 4) * 256 + 4 * x + k % 4)];
        }
        double value = coarse.values()[3 * (y * 64 + x)];
        difference += Math.pow(sum / 16 - value, 2);
        spread += Math.pow(0.5 - value, 2);
      }
    }
    assertThat(difference).isLessThan(0.05 * spread);
  }

  @Test
  void zonePlateReachesNyquistAtTheBorder() throws Exception {
    Image image = load(GeneratedKind.ZONE_PLATE, 128, 0).image();

    assertThat(largestStep(image, 56, 72)).isLessThan(0.5);
    assertThat(largestStep(image, 0, 16)).isGreaterThan(0.9);
  }

  /** The largest difference of neighbours in the middle row. */
  private static double largestStep(Image image, int from, int to) {
    double largest = 0;
    for (int x = from; x < to; x++) {
      int at = 3 * (image.height() / 2 * image.width() + x);
      largest = Math.max(largest, Math.abs(image.values()[at] - image.values()[at + 3]));
    }
    return largest;
  }

  @Test
  void theRowSaysWhatWasDrawn() throws Exception {
    LoadedPicture loaded = load(GeneratedKind.GLYPHS, 40, 0);

    double green = 0;
    for (int i = 1; i < 3 * 1600; i += 3) {
      green += loaded.image().values()[i] * 255 / 1600;
    }
    assertThat(loaded.sourceWidth()).isEqualTo(40);
    assertThat(loaded.sourceHeight()).isEqualTo(40);
    assertThat(loaded.meanGreen()).isCloseTo(green, within(1e-3));
  }

  private LoadedPicture load(GeneratedKind kind, int size, int index) throws Exception {
    return reader.read(new Signal.GeneratedImage(kind, size, index, Coordinates.CENTERS));
  }
}
