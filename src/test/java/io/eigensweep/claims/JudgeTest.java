package io.eigensweep.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eigensweep.aggregate.Interval;
import io.eigensweep.encoding.Encoding;
import io.eigensweep.result.SampleResults;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.TrialResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {
  private static final String OVER_IDENTITY =
      """
      - id: over-identity
        text: a grid is better
        study: s
        quantity: psnr
        of: {encoding: multigrid}
        over: {encoding: identity}
        rule: {at-least: 15}
      """;

  private static final String ORDERS =
      """
      - id: orders
        text: eight orders
        study: s
        quantity: spectra.lambda_min
        scope: sample
        orders: true
        of: {encoding: multigrid}
        over: {encoding: identity}
        rule: {at-least: 8}
      """;

  private static ClaimResult judge(String claim, ClaimRows rows) {
    List<Claim> claims = ClaimFile.read("claims:\n" + claim, "test.yaml");
    return Judge.judge(claims, Map.of("s", rows.rows(claims))).get(0);
  }

  private static ClaimRows better(double... by) {
    ClaimRows rows = new ClaimRows();
    for (int i = 0; i < by.length; i++) {
      rows.add(i, SampleResults.IDENTITY, 0, 20 + i);
      rows.add(i, SampleResults.multigrid(200), 0, 20 + i + by[i]);
    }
    return rows;
  }

  @Test
  void confirmsWhatIsTrueByConstruction() {
    ClaimResult result = judge(OVER_IDENTITY, better(23, 24, 23.5, 24.5));
    assertThat(result.verdict()).isEqualTo(Verdict.CONFIRMED);
    assertThat(result.reason()).isNull();
    assertThat(result.value()).isEqualTo(Interval.point(23.75));
    assertThat(result.confidence()).isEqualTo(0.95);
    // Mean 23.75, deviation 0.6455, t(3) = 3.1824.
    assertThat(Objects.requireNonNull(result.interval()).lower())
        .isCloseTo(23.75 - 3.18245 * 0.645497 / 2, within(1e-4));
  }

  @Test
  void refutesWhatIsFalseByConstruction() {
    assertThat(judge(OVER_IDENTITY, better(3, 4, 3.5, 4.5)).verdict()).isEqualTo(Verdict.REFUTED);
  }

  @Test
  void leavesOpenWhatPicturesDisagreeAbout() {
    ClaimResult result = judge(OVER_IDENTITY, better(3, 29));
    assertThat(result.verdict()).isEqualTo(Verdict.NOT_RESOLVABLE);
    assertThat(result.reason()).isEqualTo("the interval holds both answers");
    ClaimResult one = judge(OVER_IDENTITY, better(30));
    assertThat(one.verdict()).isEqualTo(Verdict.NOT_RESOLVABLE);
    assertThat(one.reason()).isEqualTo("one picture has no interval");
    assertThat(one.value()).isEqualTo(Interval.point(30));
  }

  @Test
  void saysWhatIsMissing() {
    List<Claim> claims = ClaimFile.read("claims:\n" + OVER_IDENTITY, "test.yaml");
    assertThat(Judge.judge(claims, Map.of()).get(0).reason()).isEqualTo("there is no study s");
    assertThat(judge(OVER_IDENTITY, new ClaimRows()).reason()).isEqualTo("the study s has no rows");
    ClaimResult half = judge(OVER_IDENTITY, new ClaimRows().add(0, SampleResults.IDENTITY, 0, 20));
    assertThat(half.verdict()).isEqualTo(Verdict.NOT_TESTED);
    assertThat(half.reason()).isEqualTo("no trial that succeeded has encoding: multigrid (of 1)");
    assertThat(judge(ORDERS, better(3, 4)).reason())
        .isEqualTo(
            "spectra.lambda_min of scope sample has no value in the 2 trials of encoding:"
                + " multigrid");
    ClaimRows failed =
        new ClaimRows()
            .add(
                SampleResults.failed(
                    SampleResults.trial(
                        SampleResults.photo("a.JPEG"), SampleResults.IDENTITY, 100, 0),
                    Status.FAILED,
                    "no picture"));
    assertThat(judge(OVER_IDENTITY, failed).reason()).isEqualTo("none of 1 trials has succeeded");
    ClaimRows apart =
        new ClaimRows()
            .add(0, SampleResults.IDENTITY, 0, 20)
            .add(1, SampleResults.multigrid(200), 0, 40);
    assertThat(judge(OVER_IDENTITY, apart).reason()).contains("no picture and seed has all");
  }

  @Test
  void anUnknownEigenvalueProvesByItsUpperBoundAndIsNoNumber() {
    ClaimRows rows = new ClaimRows();
    for (int i = 0; i < 5; i++) {
      rows.add(i, SampleResults.IDENTITY, 0, 20, SampleResults.unresolved(3, "total", 1e-25));
      rows.add(
          i,
          SampleResults.multigrid(200),
          0,
          40,
          SampleResults.resolved(3, "total", 1e-2 * (i + 1)));
    }
    ClaimResult result = judge(ORDERS, rows);
    assertThat(result.verdict()).isEqualTo(Verdict.CONFIRMED);
    Interval value = Objects.requireNonNull(result.value());
    // The mean of log10(0.9·0.01·i/1e-25): 22.954 and the mean logarithm of 1 to 5.
    assertThat(value.lower()).isCloseTo(22.954243 + Math.log10(120) / 5, within(1e-5));
    assertThat(value.upper()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(Objects.requireNonNull(result.sample()).points()).isEqualTo("16");

    ClaimResult refuted = judge(ORDERS.replace("at-least: 8", "at-most: 8"), rows);
    assertThat(refuted.verdict()).isEqualTo(Verdict.REFUTED);
    ClaimResult open = judge(ORDERS.replace("at-least: 8", "at-least: 100"), rows);
    assertThat(open.verdict()).isEqualTo(Verdict.NOT_RESOLVABLE);
    assertThat(open.reason()).contains("bounds are missing");
    assertThat(judge(ORDERS.replace("scope: sample", "scope: window"), rows).verdict())
        .isEqualTo(Verdict.NOT_TESTED);
  }

  @Test
  void aPictureCountsOnceWithItsSeeds() {
    ClaimRows rows = new ClaimRows();
    for (int picture = 0; picture < 2; picture++) {
      for (int seed = 0; seed < 10; seed++) {
        rows.add(picture, SampleResults.IDENTITY, seed, 20);
        rows.add(picture, SampleResults.multigrid(200), seed, 36 + 2 * picture);
      }
    }
    ClaimResult result = judge(OVER_IDENTITY, rows);
    assertThat(result.value()).isEqualTo(Interval.point(17));
    assertThat(result.verdict()).isEqualTo(Verdict.NOT_RESOLVABLE);
    assertThat(Objects.requireNonNull(result.sample()))
        .isEqualTo(
            new Sample(List.of(Interval.point(16), Interval.point(18)), 0, 10, 1, 40, null, null));
  }

  @Test
  void saysWhatWasChosenOnTheSameTrials() {
    ClaimRows rows = new ClaimRows();
    for (int i = 0; i < 3; i++) {
      rows.add(i, SampleResults.fourier(4), 0, 25 + i);
      rows.add(i, SampleResults.fourier(8), 0, 30);
      rows.add(i, SampleResults.multigrid(200), 0, 40 + i);
    }
    ClaimResult result =
        judge(
            OVER_IDENTITY
                .replace("{encoding: identity}", "{encoding: fourier, best: psnr}")
                .replace("15", "10"),
            rows);
    assertThat(result.value()).isEqualTo(Interval.point(11));
    assertThat(Objects.requireNonNull(result.sample()).chosen())
        .isEqualTo("fourier levels=8 frequencies=log, the best of 2 by psnr on these trials");
  }

  /** A setting that lacks the hard picture is not the best for that. */
  @Test
  void choosesTheBestOnPicturesThatAllHave() {
    ClaimRows rows = new ClaimRows();
    for (int i = 0; i < 3; i++) {
      rows.add(i, SampleResults.fourier(8), 0, 30 - 10 * i);
      if (i < 2) {
        rows.add(i, SampleResults.fourier(4), 0, 29 - 10 * i);
      }
      rows.add(i, SampleResults.multigrid(200), 0, 40);
    }
    ClaimResult result =
        judge(
            OVER_IDENTITY.replace("{encoding: identity}", "{encoding: fourier, best: psnr}"), rows);
    assertThat(Objects.requireNonNull(result.sample()).chosen()).startsWith("fourier levels=8 ");
    assertThat(result.value()).isEqualTo(Interval.point(20));
  }

  /** What one side alone names, the other has in common with it. */
  @Test
  void pairsTrialsOfTheSameOtherSettings() {
    ClaimRows rows = new ClaimRows();
    for (int i = 0; i < 3; i++) {
      for (int rate : new int[] {1, 10, 100}) {
        rows.add(rated(i, SampleResults.IDENTITY, rate, 20 * rate));
        rows.add(rated(i, SampleResults.multigrid(200), rate, 20 * rate + rate + i));
      }
    }
    ClaimResult result =
        judge(
            OVER_IDENTITY.replace(
                    "{encoding: multigrid}", "{learning-rate: [10, 100], encoding: multigrid}")
                + "  across: least\n",
            rows);
    assertThat(result.value()).isEqualTo(Interval.point(11));
    assertThat(Objects.requireNonNull(result.sample()).settings()).isEqualTo(2);
  }

  private static TrialResult rated(int picture, Encoding encoding, int rate, double psnr) {
    return SampleResults.succeeded(
        SampleResults.trial(SampleResults.photo(picture + ".JPEG"), encoding, rate, 0), psnr, 0.9);
  }

  @Test
  void takesOneDifferenceFromAnotherOfLeastAndLargest() {
    ClaimRows rows = new ClaimRows();
    for (int i = 0; i < 3; i++) {
      rows.add(i, SampleResults.fourier(8), 0, 20).add(i, SampleResults.fourier(14), 0, 21 + i);
      rows.add(i, SampleResults.multigrid(50), 0, 20).add(i, SampleResults.multigrid(100), 0, 5);
      rows.add(i, SampleResults.multigrid(400), 0, 40);
    }
    ClaimResult result =
        judge(
            """
            - id: saturates
              text: frequencies saturate
              study: s
              quantity: psnr
              of: {encoding: fourier, levels: 14}
              over: {encoding: fourier, levels: 8}
              minus:
                times: 0.25
                of: {encoding: multigrid, resolution: largest}
                over: {encoding: multigrid, resolution: least}
              rule: {below: 0}
            """,
            rows);
    assertThat(result.value()).isEqualTo(Interval.point(-3));
  }

  private static final String FINEST_OVER_COARSEST =
      """
      - id: finest
        text: the finest grid is better
        study: s
        quantity: psnr
        of: {encoding: multigrid, resolution: largest}
        over: {encoding: multigrid, resolution: least}
        rule: {at-least: 0}
      """;

  /** A failure must not move what least and largest are. */
  @Test
  void leastAndLargestAreThoseOfTheStudyWhateverHasBecomeOfTheTrials() {
    ClaimRows rows = new ClaimRows();
    for (int i = 0; i < 3; i++) {
      rows.add(i, SampleResults.multigrid(50), 0, 20 + i);
      rows.add(i, SampleResults.multigrid(200), 0, 30 + 2 * i);
    }
    assertThat(Objects.requireNonNull(judge(FINEST_OVER_COARSEST, rows).sample()).chosen())
        .isEqualTo("the largest resolution is 200; the least resolution is 50");
    for (int i = 0; i < 3; i++) {
      rows.add(failed(i, SampleResults.multigrid(400)));
    }
    ClaimResult result = judge(FINEST_OVER_COARSEST, rows);
    assertThat(result.verdict()).isEqualTo(Verdict.NOT_TESTED);
    assertThat(result.reason())
        .isEqualTo("no trial that succeeded has encoding: multigrid, resolution: largest (of 9)");
  }

  /** A side that lacks its largest must not be compared with another's. */
  @Test
  void largestIsTheSameOnBothSidesOfAnEncoding() {
    ClaimRows rows = new ClaimRows();
    for (int i = 0; i < 3; i++) {
      rows.add(rated(i, SampleResults.multigrid(50), 1, 20 + i));
      rows.add(rated(i, SampleResults.multigrid(100), 1, 25 + i));
      rows.add(rated(i, SampleResults.multigrid(50), 10, 20 + i));
    }
    ClaimResult result =
        judge(
            FINEST_OVER_COARSEST
                .replace("largest}", "largest, learning-rate: 1}")
                .replace("least}", "largest, learning-rate: 10}"),
            rows);
    assertThat(result.verdict()).isEqualTo(Verdict.NOT_TESTED);
    assertThat(result.reason()).contains("resolution: largest, learning_rate: 10");
  }

  @Test
  void aNumberIsNotTakenFromItself() {
    ClaimRows rows = new ClaimRows();
    for (int i = 0; i < 6; i++) {
      rows.add(
          i,
          SampleResults.multigrid(50),
          0,
          20 + i,
          SampleResults.resolved(1, "total", 1e-3),
          SampleResults.resolved(3, "total", 1e-2 * (i + 1)));
    }
    ClaimResult one = judge(FINEST_OVER_COARSEST, rows);
    assertThat(one.verdict()).isEqualTo(Verdict.NOT_TESTED);
    assertThat(one.reason())
        .isEqualTo(
            "encoding: multigrid, resolution: largest and encoding: multigrid, resolution: least"
                + " are the same number of the same trials");
    String moved = ORDERS.replace("{encoding: identity}", "{encoding: multigrid, epoch: 1}");
    assertThat(judge(moved.replace("at-least: 8", "above: 0"), rows).verdict())
        .isEqualTo(Verdict.CONFIRMED);
    assertThat(judge(moved.replace("epoch: 1", "epoch: 3"), rows).reason())
        .contains("the same number of the same trials");
  }

  @Test
  void countsEveryPictureOfTheStudyThatIsLeftOut() {
    ClaimRows rows = better(23, 24, 25);
    rows.add(3, SampleResults.IDENTITY, 0, 20).add(failed(3, SampleResults.multigrid(200)));
    rows.add(failed(4, SampleResults.IDENTITY)).add(failed(4, SampleResults.multigrid(200)));
    Sample sample = Objects.requireNonNull(judge(OVER_IDENTITY, rows).sample());
    assertThat(sample.pictures()).hasSize(3);
    assertThat(sample.leftOut()).isEqualTo(2);
  }

  /** Rows give a slack where it is above 0: the others must not vanish. */
  @Test
  void anOpenSlackIsAtLeastZeroAndCounts() {
    String rises =
        """
        - id: rises
          text: every eigenvalue rises
          study: s
          quantity: spectra.weyl_slack
          scope: sample
          of: {}
          statistic: median
          rule: {above: 0}
        """;
    ClaimRows made = new ClaimRows();
    for (int i = 0; i < 8; i++) {
      made.add(i, SampleResults.multigrid(50), 0, 20, SampleResults.resolved(3, "total", 1e-2));
      made.add(i, SampleResults.IDENTITY, 0, 20, SampleResults.resolved(3, "total", 1e-9));
    }
    ClaimResult open = judge(rises, made);
    assertThat(open.verdict()).isEqualTo(Verdict.NOT_RESOLVABLE);
    assertThat(open.value()).isEqualTo(new Interval(0, Double.POSITIVE_INFINITY));
    assertThat(Objects.requireNonNull(open.sample()).trials()).isEqualTo(8);

    List<Claim> claims = ClaimFile.read("claims:\n" + rises, "test.yaml");
    List<ClaimRow> rows = new ArrayList<>();
    for (ClaimRow row : made.rows(claims)) {
      Map<String, @Nullable Object> known =
          Map.of("scope", "sample", "term", "total", "epoch", 3, "points", 16, "weyl_slack", 0.5);
      boolean first = row.trial().picture().id().startsWith("0");
      rows.add(
          first ? row : new ClaimRow(row.trial(), Map.of(), Map.of("spectra", List.of(known))));
    }
    rows.removeIf(row -> row.trial().encoding().equals("identity"));
    // Seven of eight are above 0: 2·9/256 is not below 0.05.
    ClaimResult most = Judge.judge(claims, Map.of("s", rows)).get(0);
    assertThat(most.verdict()).isEqualTo(Verdict.NOT_RESOLVABLE);
    assertThat(most.p()).isEqualTo(18.0 / 256);
    ClaimResult all = Judge.judge(claims, Map.of("s", rows.subList(1, 8))).get(0);
    assertThat(all.verdict()).isEqualTo(Verdict.CONFIRMED);
  }

  /** An exact 0 is below every order, by no known number of them. */
  @Test
  void zeroHasNoOrderOfMagnitude() {
    ClaimRows rows = new ClaimRows();
    for (int i = 0; i < 3; i++) {
      rows.add(i, SampleResults.IDENTITY, 0, 0);
      rows.add(i, SampleResults.fourier(8), 0, -0.0);
      rows.add(i, SampleResults.multigrid(200), 0, 100);
    }
    String orders = OVER_IDENTITY.replace("quantity: psnr", "quantity: psnr\n  orders: true");
    Interval over = Objects.requireNonNull(judge(orders, rows).value());
    assertThat(over.lower()).isCloseTo(2 - Math.log10(Double.MIN_VALUE), within(1e-9));
    assertThat(over.upper()).isEqualTo(Double.POSITIVE_INFINITY);
    ClaimResult none = judge(orders.replace("multigrid", "fourier"), rows);
    assertThat(none.verdict()).isEqualTo(Verdict.NOT_RESOLVABLE);
    assertThat(none.reason()).isEqualTo("no bound is proved");
  }

  /** Differences of 23 to 24.5: inside confirms by both ends, outside by one. */
  @ParameterizedTest
  @CsvSource({
    "'within: [20, 30]', CONFIRMED",
    "'within: [0, 20]', REFUTED",
    "'within: [30, 40]', REFUTED",
    "'within: [23.75, 30]', NOT_RESOLVABLE",
    "'outside: [20, 30]', REFUTED",
    "'outside: [0, 20]', CONFIRMED",
    "'outside: [30, 40]', CONFIRMED",
    "'outside: [20, 23.75]', NOT_RESOLVABLE"
  })
  void judgesRanges(String rule, Verdict verdict) {
    ClaimResult result =
        judge(OVER_IDENTITY.replace("at-least: 15", rule), better(23, 24, 23.5, 24.5));
    assertThat(result.verdict()).isEqualTo(verdict);
  }

  /** Of each picture for itself. */
  @ParameterizedTest
  @CsvSource({"least, 11", "largest, 21", "mean, 16"})
  void settingsStandForAPictureAsAcrossSays(String across, double value) {
    ClaimRows rows = new ClaimRows();
    for (int i = 0; i < 3; i++) {
      rows.add(i, SampleResults.IDENTITY, 0, 20);
      rows.add(i, SampleResults.multigrid(50), 0, i == 1 ? 40 + i : 30 + i);
      rows.add(i, SampleResults.multigrid(100), 0, i == 1 ? 30 + i : 40 + i);
    }
    ClaimResult result = judge(OVER_IDENTITY + "  across: " + across + "\n", rows);
    assertThat(result.value()).isEqualTo(Interval.point(value));
    assertThat(Objects.requireNonNull(result.sample()).settings()).isEqualTo(2);
  }

  @Test
  void takesCurvesAtTheEpochsThatSidesName() {
    ClaimResult result =
        judge(
            """
            - id: learns
              text: the loss falls after the first epoch
              study: s
              quantity: curves.loss
              of: {encoding: multigrid}
              over: {encoding: multigrid, epoch: 1}
              rule: {below: 0}
            """,
            better(3, 4));
    Interval value = Objects.requireNonNull(result.value());
    assertThat(value.lower()).isCloseTo(0.001 - 0.1, within(1e-12));
    ClaimResult none =
        judge(
            OVER_IDENTITY
                .replace("psnr", "curves.loss")
                .replace("encoding: identity", "encoding: identity, epoch: 2"),
            better(3, 4));
    assertThat(none.reason())
        .isEqualTo("curves.loss has no value in the 2 trials of encoding: identity, epoch: 2");
  }

  private static TrialResult failed(int picture, Encoding encoding) {
    return SampleResults.failed(
        SampleResults.trial(SampleResults.photo(picture + ".JPEG"), encoding, 100, 0), "no memory");
  }

  @Test
  void measuresSlopesAndRanksOverAnAxis() {
    ClaimRows rows = new ClaimRows();
    for (int i = 0; i < 3; i++) {
      rows.add(i, SampleResults.multigrid(50), 0, 20, SampleResults.unresolved(3, "total", 1e-6));
      rows.add(
          i, SampleResults.multigrid(100), 0, 23 + i, SampleResults.resolved(3, "total", 1e-3));
      rows.add(i, SampleResults.multigrid(200), 0, 26, SampleResults.resolved(3, "total", 1e-2));
    }
    String slope =
        """
        - id: slope
          text: rises
          study: s
          quantity: psnr
          of: {encoding: multigrid}
          per-doubling-of: resolution
          rule: {above: 0}
        """;
    Interval rise = Objects.requireNonNull(judge(slope, rows).value());
    assertThat(rise.isPoint()).isTrue();
    assertThat(rise.lower()).isCloseTo(3, within(1e-9));
    Interval orders =
        Objects.requireNonNull(
            judge(
                    slope.replace(
                        "quantity: psnr",
                        "quantity: spectra.lambda_min\n  scope: sample\n  orders: true"),
                    rows)
                .value());
    assertThat(orders.lower()).isCloseTo((Math.log10(0.9e-2) + 6) / 2, within(1e-9));
    assertThat(orders.upper()).isEqualTo(Double.POSITIVE_INFINITY);
    String rank =
        slope.replace(
            "per-doubling-of: resolution", "rank-with: spectra.lambda_min\n  scope: sample");
    // 20, 23 + i, 26: in the order of the eigenvalues on the first and, with 26 twice, the last but
    // one.
    assertThat(judge(rank, rows).sample())
        .satisfies(
            sample ->
                assertThat(Objects.requireNonNull(sample).pictures())
                    .containsExactly(Interval.point(1), Interval.point(1), Interval.point(1)));
    assertThat(Objects.requireNonNull(judge(rank, rows).sample()).points()).isEqualTo("16");
    assertThat(judge(slope.replace("per-doubling-of", "rank-with"), rows).value())
        .isEqualTo(Interval.point(1));
  }

  /** One network more makes no difference to what is proved together. */
  @Test
  void verdictsOfAFamilyAreHolms() {
    String second = OVER_IDENTITY.replace("over-identity", "b").replace("at-least: 15", "above: 0");
    List<Claim> claims = ClaimFile.read("claims:\n" + OVER_IDENTITY + second, "test.yaml");
    List<ClaimResult> results =
        Judge.judge(claims, Map.of("s", better(16, 24, 23.5, 24.5).rows(claims)));
    assertThat(results).extracting(ClaimResult::confidence).containsExactly(0.95, 0.975);
    assertThat(results).extracting(ClaimResult::family).containsOnly(2);
    assertThat(results.get(1).verdict()).isEqualTo(Verdict.CONFIRMED);
  }
}
