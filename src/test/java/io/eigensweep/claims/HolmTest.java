package io.eigensweep.claims;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.aggregate.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HolmTest {
  /** α/4 = 0.0125, α/3 = 0.0167, α/2 = 0.025: the second fails, so the third has its level. */
  @Test
  void goesOnWithALargerLevelAfterEachDecision() {
    assertThat(Holm.levels(List.of(0.02, 0.01, 0.018, 0.5)))
        .containsExactly(0.05 / 3, 0.05 / 4, 0.05 / 3, 0.05 / 3);
    assertThat(Holm.levels(List.of(0.02, 0.01, 0.5))).containsExactly(0.05 / 2, 0.05 / 3, 0.05);
    assertThat(Holm.levels(List.of())).isEmpty();
  }

  /**
   * 1,000 sweeps of twelve claims, about means of normal values that share a part of their noise,
   * or medians of skewed ones that share none, which have an interval of the first level from nine
   * pictures on: at half of them the truth is exactly the bound, so that any verdict is wrong, at
   * the others it lies on either side, near enough to be mistaken. A wrong verdict or more in at
   * most 5 % of the sweeps, and three points for what is drawn.
   */
  @ParameterizedTest
  @CsvSource({
    "2, false",
    "3, false",
    "5, false",
    "10, false",
    "20, false",
    "10, true",
    "20, true",
    "40, true"
  })
  void aFamilyHasAWrongVerdictAsSeldomAsItPromises(int pictures, boolean skewed) {
    Random random = new Random(31L * pictures + (skewed ? 1 : 0));
    int wrong = 0;
    int sweeps = 1000;
    for (int sweep = 0; sweep < sweeps; sweep++) {
      wrong += isWrong(pictures, skewed, random) ? 1 : 0;
    }
    assertThat((double) wrong / sweeps).isLessThanOrEqualTo(0.05 + 0.03);
  }

  private static boolean isWrong(int pictures, boolean skewed, Random random) {
    double[] shared = DoubleStream.generate(random::nextGaussian).limit(pictures).toArray();
    double[] truths = {0, 0, 0, 0, 0, 0, 0.3, -0.3, 1, -1, 30, -30};
    Rule rule = new Rule(Rule.Kind.ABOVE, 0, 0);
    List<Estimate> estimates = new ArrayList<>();
    List<Double> p = new ArrayList<>();
    for (double truth : truths) {
      List<Interval> values = new ArrayList<>();
      for (int picture = 0; picture < pictures; picture++) {
        double noise = random.nextGaussian();
        // Skewed values have their median at 0, normal ones their mean.
        double value = skewed ? Math.exp(noise) - 1 : noise + shared[picture];
        values.add(Interval.point(truth + value));
      }
      Estimate estimate = new Estimate(skewed ? Statistic.MEDIAN : Statistic.MEAN, values);
      estimates.add(estimate);
      p.add(Math.min(rule.confirmed(estimate), rule.refuted(estimate)));
    }
    double[] levels = Holm.levels(p);
    for (int i = 0; i < truths.length; i++) {
      Interval interval = estimates.get(i).interval(levels[i]);
      if ((rule.holds(interval) && truths[i] <= 0) || (rule.fails(interval) && truths[i] >= 0)) {
        return true;
      }
    }
    return false;
  }
}
