package io.eigensweep.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MomentsTest {

  @Test
  void dividesByOneLessThanTheCount() {
    // 2, 4, 9: mean 5, squares 9 + 1 + 16 = 26, 26 / 2 = 13.
    assertThat(Moments.of(List.of(2.0, 4.0, 9.0)))
        .isEqualTo(new Moments(3, 5.0, Math.sqrt(13), 4.0));
  }

  @Test
  void hasNoDeviationForOneValueAndNoMeanForNone() {
    assertThat(Moments.of(List.of(3.5))).isEqualTo(new Moments(1, 3.5, null, 3.5));
    assertThat(Moments.of(List.of())).isEqualTo(new Moments(0, null, null, null));
  }

  @Test
  void keepsSmallDeviationsOfLargeValues() {
    assertThat(Moments.of(List.of(1e9, 1e9 + 1, 1e9 + 2)))
        .isEqualTo(new Moments(3, 1e9 + 1, 1.0, 1e9 + 1));
  }
}
