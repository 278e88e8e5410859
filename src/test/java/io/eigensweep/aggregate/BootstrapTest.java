package io.eigensweep.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BootstrapTest {

  @Test
  void agreesWithTheNormalIntervalOfManyIndependentValues() {
    Random random = new Random(1);
    List<Double> values = random.doubles(400, 0, 1).boxed().toList();
    Moments moments = Moments.of(values);
    double mean = Objects.requireNonNull(moments.mean());
    double half = 1.96 * Objects.requireNonNull(moments.sd()) / Math.sqrt(400);
    Interval interval = Objects.requireNonNull(Bootstrap.ofMean(values, distinct(400)));
    assertThat(interval.lower()).isCloseTo(mean - half, within(0.1 * half));
    assertThat(interval.upper()).isCloseTo(mean + half, within(0.1 * half));
  }

  @Test
  void drawsPicturesWithAllTheirSeeds() {
    // Four seeds that agree add nothing to what three pictures tell.
    List<Double> three = List.of(1.0, 2.0, 6.0);
    List<Double> twelve = new ArrayList<>();
    List<Integer> pictures = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      twelve.add(three.get(i / 4));
      pictures.add(i / 4);
    }
    assertThat(Bootstrap.ofMean(twelve, pictures)).isEqualTo(Bootstrap.ofMean(three, distinct(3)));
  }

  @Test
  void drawsTheSeedsOfASinglePicture() {
    List<Double> values = List.of(1.0, 2.0, 6.0);
    assertThat(Bootstrap.ofMean(values, List.of("a", "a", "a")))
        .isEqualTo(Bootstrap.ofMean(values, distinct(3)));
  }

  @Test
  void isTheSameEachTimeAndNeverLeavesTheValues() {
    List<Double> values = List.of(-3.0, 4.0, 0.5, 7.0);
    @Nullable Interval interval = Bootstrap.ofMean(values, distinct(4));
    assertThat(Bootstrap.ofMean(values, distinct(4))).isEqualTo(interval);
    assertThat(Objects.requireNonNull(interval).lower()).isBetween(-3.0, 2.125);
    assertThat(interval.upper()).isBetween(2.125, 7.0);
  }

  @Test
  void needsTwoValuesAndAPictureForEach() {
    assertThat(Bootstrap.ofMean(List.of(), List.of())).isNull();
    assertThat(Bootstrap.ofMean(List.of(1.0), List.of("a"))).isNull();
    assertThatThrownBy(() -> Bootstrap.ofMean(List.of(1.0), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<Integer> distinct(int n) {
    return java.util.stream.IntStream.range(0, n).boxed().toList();
  }
}
