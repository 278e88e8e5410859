package io.eigensweep.claims;

import io.eigensweep.aggregate.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Verdicts about claims.
 *
 * <p>A claim is confirmed when its whole interval lies where it says, refuted when all of it lies
 * elsewhere, and not resolvable otherwise. The levels are those of Holm's procedure: all verdicts
 * of a call are right together with probability 95 % or more, as far as the intervals hold what
 * they promise (see {@link Estimate}). That is proved where the true value of each claim lies on
 * its bound, and for independent claims; for others, whose verdict may be on the wrong side, it is
 * simulated. The intervals that are shown are each of its own level, and do not all hold together.
 */
public final class Judge {
  private Judge() {}

  /**
   * The verdicts, in the order of {@code claims}.
   *
   * @param studies the rows of each study by its name
   */
  public static List<ClaimResult> judge(List<Claim> claims, Map<String, List<ClaimRow>> studies) {
    List<@Nullable Sample> samples = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    List<Integer> tested = new ArrayList<>();
    List<Estimate> estimates = new ArrayList<>();
    List<Double> least = new ArrayList<>();
    for (Claim claim : claims) {
      Sample sample = null;
      String reason = "";
      try {
        sample = sample(claim, studies);
        Estimate estimate = new Estimate(claim.statistic(), sample.pictures());
        if (estimate.pictures() > 1) {
          tested.add(samples.size());
          estimates.add(estimate);
          Rule rule = claim.rule();
          least.add(Math.min(rule.confirmed(estimate), rule.refuted(estimate)));
        } else {
          reason = "one picture has no interval";
        }
      } catch (UntestedException e) {
        reason = Objects.requireNonNull(e.getMessage());
      }
      samples.add(sample);
      reasons.add(reason);
    }
    double[] levels = Holm.levels(least);
    List<ClaimResult> results = new ArrayList<>();
    for (int i = 0; i < claims.size(); i++) {
      int place = tested.indexOf(i);
      Claim claim = claims.get(i);
      Sample sample = samples.get(i);
      if (place >= 0 && sample != null) {
        results.add(
            decided(
                claim,
                sample,
                estimates.get(place),
                levels[place],
                least.get(place),
                tested.size()));
      } else {
        results.add(undecided(claim, sample, reasons.get(i), tested.size()));
      }
    }
    return results;
  }

  private static Sample sample(Claim claim, Map<String, List<ClaimRow>> studies)
      throws UntestedException {
    List<ClaimRow> rows = studies.get(claim.study());
    if (rows == null) {
      throw new UntestedException("there is no study " + claim.study());
    }
    if (rows.isEmpty()) {
      throw new UntestedException("the study " + claim.study() + " has no rows");
    }
    return Sampler.of(claim, rows);
  }

  private static ClaimResult undecided(
      Claim claim, @Nullable Sample sample, String reason, int family) {
    return new ClaimResult(
        claim,
        sample == null ? Verdict.NOT_TESTED : Verdict.NOT_RESOLVABLE,
        reason,
        sample,
        sample == null ? null : new Estimate(claim.statistic(), sample.pictures()).value(),
        null,
        null,
        null,
        family);
  }

  private static ClaimResult decided(
      Claim claim, Sample sample, Estimate estimate, double level, double p, int family) {
    Interval interval = estimate.interval(level);
    Verdict verdict = Verdict.NOT_RESOLVABLE;
    if (p <= level) {
      verdict =
          claim.rule().confirmed(estimate) <= claim.rule().refuted(estimate)
              ? Verdict.CONFIRMED
              : Verdict.REFUTED;
    }
    return new ClaimResult(
        claim,
        verdict,
        verdict == Verdict.NOT_RESOLVABLE ? reason(estimate, interval, level) : null,
        sample,
        estimate.value(),
        interval,
        1 - level,
        p,
        family);
  }

  private static String reason(Estimate estimate, Interval interval, double level) {
    boolean open = Double.isInfinite(interval.lower()) && Double.isInfinite(interval.upper());
    Interval value = estimate.value();
    if (open && Double.isInfinite(value.lower()) && Double.isInfinite(value.upper())) {
      return "no bound is proved";
    }
    if (open && Math.pow(2, 1 - estimate.pictures()) > level) {
      int needed = (int) Math.ceil(1 - Math.log(level) / Math.log(2));
      return estimate.pictures()
          + " pictures can't decide at this level, whatever they show (sign test); it takes "
          + needed;
    }
    return open || Double.isInfinite(interval.lower()) || Double.isInfinite(interval.upper())
        ? "bounds are missing, and what is proved holds both answers"
        : "the interval holds both answers";
  }
}
