package io.eigensweep.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The path of a training beside those of n runs that started a unit in the last place apart.
 *
 * <p>Training amplifies rounding, so another order of the same sums ends elsewhere, as a start that
 * differs in its last places does. A committed value is then one more draw from the distribution of
 * which the runs are a sample: it lies within t·s·√(1 + 1/n) of their mean, s their standard
 * deviation and t Student's quantile with n − 1 degrees of freedom, but for one time in 10,000.
 *
 * <p>Growth comes in jumps, by a sample that crosses the kink of a unit in one run and not in
 * another, and when the first is is chance. So s at epoch e is the largest from {@value #NEARBY}
 * epochs before to that many after 2e, what was measured at e may spread as many times more as the
 * losses' s grows there, and everything is allowed what one crossing can move in a step: 1/(batch ·
 * width) of the gradient, relative, in either run. Along a spectrum s is the largest of the {@value
 * #NEARBY} neighbours on both sides.
 */
final class PathAgreement {
  /** Student's t of probability 1 − 5e-5, by degrees of freedom from 1. */
  private static final double[] STUDENT = {
    6366.2, 99.99, 28.0, 15.54, 11.18, 9.08, 7.88, 7.12, 6.59, 6.21, 5.92, 5.69, 5.51, 5.36, 5.24
  };

  static final int MAX_RUNS = STUDENT.length + 1;
  private static final int NEARBY = 8;

  /** Triangles around a node of the lattice, which come and go together. */
  private static final int TRIANGLES = 12;

  /** Up to here two curves count as the same. */
  private static final double DEPARTURE = 1e-5;

  private final Map<String, Series> committed;
  private final List<Map<String, Series>> runs;
  private final double factor;
  private final double crossing;
  private final double[] growth;

  /**
   * A comparison with {@code runs}.
   *
   * @param runs rows of the same status, at least two
   * @param crossing share of a step's gradient that hangs on one unit at one sample
   */
  PathAgreement(
      Map<String, @Nullable Object> committed,
      List<Map<String, @Nullable Object>> runs,
      double crossing) {
    this.committed = Series.of(committed);
    this.runs = runs.stream().map(Series::of).toList();
    this.factor = STUDENT[runs.size() - 2] * Math.sqrt(1 + 1.0 / runs.size());
    this.crossing = crossing;
    this.growth = deviations(sample("curve.loss"));
  }

  void compare(Findings findings) {
    Set<String> names = new TreeSet<>(committed.keySet());
    runs.forEach(run -> names.addAll(run.keySet()));
    for (String name : names) {
      compare(name, sample(name), findings);
    }
  }

  private void compare(String name, List<Series> sample, Findings findings) {
    double[] values = committed.getOrDefault(name, Series.missing()).values();
    int shortest = sample.stream().mapToInt(run -> run.values().length).min().orElse(0);
    int longest = sample.stream().mapToInt(run -> run.values().length).max().orElse(0);
    if (values.length < shortest || values.length > longest) {
      findings.differs(
          name + ": " + values.length + " values, here " + shortest + " to " + longest);
      return;
    }
    double[] deviations = deviations(sample);
    for (int i = 0; i < Math.min(values.length, shortest); i++) {
      int at = i;
      double[] others = sample.stream().mapToDouble(run -> run.values()[at]).toArray();
      long unknown = sample.stream().filter(run -> Double.isNaN(run.values()[at])).count();
      if (unknown == 0 || unknown == others.length) {
        findings.within(
            values.length == 1 ? name : name + "[" + i + "]",
            values[i],
            mean(others),
            tolerance(name, sample.get(0), deviations, i),
            "in the mean of " + others.length + " runs here");
      }
    }
  }

  /** How far the value {@code name} of a row may lie from the mean of the runs. */
  double tolerance(String name) {
    List<Series> sample = sample(name);
    return tolerance(name, sample.get(0), deviations(sample), 0);
  }

  private double tolerance(String name, Series run, double[] deviations, int at) {
    double deviation =
        run.epoch() == Series.EACH
            ? largest(deviations, at - NEARBY, 2 * at + NEARBY)
            : largest(deviations, at - NEARBY, at + NEARBY) * growthAfter(run.epoch());
    double scale = run.logs() ? 1 : Math.abs(run.values()[at]);
    return factor * deviation
        + 2 * crossing * scale
        + (name.equals("extracted_triangles") ? TRIANGLES : 0);
  }

  /** How many times more the losses spread around and after {@code epoch} than at it. */
  private double growthAfter(int epoch) {
    if (epoch >= growth.length || !(growth[epoch] > 0)) {
      return 1;
    }
    return largest(growth, epoch - NEARBY, 2 * epoch + NEARBY) / growth[epoch];
  }

  /** What the curves say: where they part, and how far apart they end. */
  String describe() {
    double[] values = Objects.requireNonNull(committed.get("curve.loss")).values();
    double[] here = Objects.requireNonNull(runs.get(0).get("curve.loss")).values();
    int length = Math.min(values.length, here.length);
    int epoch = 0;
    while (epoch < length && Math.abs(values[epoch] - here[epoch]) <= DEPARTURE) {
      epoch++;
    }
    String same = String.format(Locale.ROOT, "losses equal to %.0e", DEPARTURE);
    return epoch == length
        ? same
        : String.format(
            Locale.ROOT,
            "%s before epoch %d of %d, the path within %.0f deviations of %d runs",
            same,
            epoch,
            values.length - 1,
            factor,
            runs.size());
  }

  private List<Series> sample(String name) {
    List<Series> sample = new ArrayList<>();
    runs.forEach(run -> sample.add(run.getOrDefault(name, Series.missing())));
    return sample;
  }

  /** The largest number from one index to another, both included; NaN is passed over. */
  private static double largest(double[] numbers, int from, int to) {
    double largest = 0;
    for (int i = Math.max(0, from); i <= Math.min(numbers.length - 1, to); i++) {
      largest = numbers[i] > largest ? numbers[i] : largest;
    }
    return largest;
  }

  /** Standard deviations of the entries that all runs have. */
  private static double[] deviations(List<Series> sample) {
    int shortest = sample.stream().mapToInt(run -> run.values().length).min().orElse(0);
    double[] deviations = new double[shortest];
    for (int i = 0; i < shortest; i++) {
      int at = i;
      double[] others = sample.stream().mapToDouble(run -> run.values()[at]).toArray();
      double mean = mean(others);
      double sum = 0;
      for (double value : others) {
        sum += (value - mean) * (value - mean);
      }
      deviations[i] = Math.sqrt(sum / (others.length - 1));
    }
    return deviations;
  }

  private static double mean(double[] sample) {
    double sum = 0;
    for (double value : sample) {
      sum += value;
    }
    return sum / sample.length;
  }
}
