package io.eigensweep.signal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PixelGridTest {

  @Test
  void centersAndCornersFollowTheDefinition() {
    assertThat(PixelGrid.coordinates(2, 2, Coordinates.CENTERS))
        .containsExactly(0.25, 0.25, 0.75, 0.25, 0.25, 0.75, 0.75, 0.75);
    assertThat(PixelGrid.coordinates(3, 2, Coordinates.CORNERS))
        .containsExactly(0, 0, 0.5, 0, 1, 0, 0, 1, 0.5, 1, 1, 1);
  }

  @Test
  void everyOtherPixelOfEveryOtherRowIsTrainedOn() {
    assertThat(PixelGrid.trained(5, 4)).containsExactly(0, 2, 4, 10, 12, 14);
    assertThat(PixelGrid.trained(128, 128)).hasSize(64 * 64);
  }

  @Test
  void latticeTakesTheMiddlePixelOfEachBlock() {
    assertThat(PixelGrid.lattice(8, 8, 4))
        .containsExactly(2 * 8 + 2, 2 * 8 + 6, 6 * 8 + 2, 6 * 8 + 6);
    assertThat(PixelGrid.lattice(128, 128, 1024)).hasSize(1024).startsWith(2 * 128 + 2);
  }

  @Test
  void latticeOfANonSquarePictureIsSquareInPoints() {
    assertThat(PixelGrid.lattice(6, 3, 100)).containsExactly(1, 3, 5, 7, 9, 11, 13, 15, 17);
    assertThat(PixelGrid.lattice(5, 7, 1)).containsExactly(3 * 5 + 2);
  }
}
