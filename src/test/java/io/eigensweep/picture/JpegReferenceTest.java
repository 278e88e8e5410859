package io.eigensweep.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class JpegReferenceTest {
  private static final int SIDE = 48;
  private static final float[] PICTURE = picture();

  @Test
  void takesTheBestFileThatFits() {
    JpegReference small = JpegReference.within(1500, PICTURE, SIDE, SIDE).orElseThrow();
    JpegReference large = JpegReference.within(2500, PICTURE, SIDE, SIDE).orElseThrow();
    assertThat(small.bytes()).isBetween(1200, 1500);
    assertThat(large.bytes()).isBetween(2100, 2500);
    assertThat(large.quality()).isGreaterThan(small.quality());
    assertThat(Objects.requireNonNull(large.psnr()))
        .isGreaterThan(Objects.requireNonNull(small.psnr()));
    assertThat(Objects.requireNonNull(large.ssim()))
        .isGreaterThan(Objects.requireNonNull(small.ssim()));
    assertThat(Objects.requireNonNull(large.msSsim())).isBetween(0.9, 1.0);
    assertThat(large.saturated()).isFalse();
  }

  @Test
  void isTheSameEveryTime() {
    assertThat(JpegReference.within(2000, PICTURE, SIDE, SIDE))
        .isEqualTo(JpegReference.within(2000, PICTURE, SIDE, SIDE));
  }

  @Test
  void saysWhenMoreBytesWouldNotHelp() {
    JpegReference best = JpegReference.within(1L << 40, PICTURE, SIDE, SIDE).orElseThrow();
    assertThat(best.saturated()).isTrue();
    assertThat(best.quality()).isEqualTo(100);
    // Only full chroma comes this close: the picture's colours change from pixel to pixel.
    assertThat(Objects.requireNonNull(best.psnr())).isGreaterThan(45);
  }

  @Test
  void isEmptyWhereNoQualityFits() {
    assertThat(JpegReference.within(500, PICTURE, SIDE, SIDE)).isEmpty();
  }

  @Test
  void bearsPicturesTooSmallForSimilarity() {
    float[] tiny = new float[3 * 2 * 3];
    JpegReference reference = JpegReference.within(10_000, tiny, 2, 3).orElseThrow();
    assertThat(reference.psnr()).isNull();
    assertThat(reference.ssim()).isNull();
  }

  private static float[] picture() {
    float[] values = new float[SIDE * SIDE * 3];
    for (int i = 0; i < values.length; i++) {
      int column = i / 3 % SIDE;
      int row = i / 3 / SIDE;
      double wave = Math.sin(0.4 * column + i % 3) * Math.cos(0.25 * row);
      values[i] =
          (float) (0.5 + 0.4 * wave + 0.08 * ((7 * column + 13 * row + i) % 11 / 10.0 - 0.5));
    }
    return values;
  }
}
