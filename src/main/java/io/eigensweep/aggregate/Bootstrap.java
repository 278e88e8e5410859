package io.eigensweep.aggregate;

import io.eigensweep.linalg.RandomStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The percentile bootstrap (Efron and Tibshirani 1993, chapter 13) of a mean.
 *
 * <p>The differences of one picture under several seeds are alike, so pictures are drawn, with all
 * their seeds (the cluster bootstrap: Davison and Hinkley 1997, section 3.8); with a single picture
 * its seeds are drawn. The mean of a drawn sample is that over all differences in it. The numbers
 * drawn depend on nothing but how many there are to draw from, so the same trials have the same
 * interval.
 */
final class Bootstrap {
  /** Share of the resampled means that lies in the interval. */
  static final double CONFIDENCE = 0.95;

  private static final int SAMPLES = 2000;

  private Bootstrap() {}

  /**
   * The interval of the mean of {@code values}, where {@code clusters} tells which of them belong
   * together; null for fewer than two values.
   */
  static @Nullable Interval ofMean(List<Double> values, List<?> clusters) {
    if (values.size() != clusters.size()) {
      throw new IllegalArgumentException(
          clusters.size() + " clusters for " + values.size() + " values");
    }
    if (values.size() < 2) {
      return null;
    }
    double[][] sums = sums(values, clusters);
    if (sums.length == 1) {
      sums = values.stream().map(value -> new double[] {value, 1}).toArray(double[][]::new);
    }
    double[] means = new double[SAMPLES];
    RandomStream stream = RandomStream.of("bootstrap", 0);
    for (int sample = 0; sample < SAMPLES; sample++) {
      double sum = 0;
      double count = 0;
      for (int draw = 0; draw < sums.length; draw++) {
        double[] drawn = sums[(int) (stream.nextDouble() * sums.length)];
        sum += drawn[0];
        count += drawn[1];
      }
      means[sample] = sum / count;
    }
    java.util.Arrays.sort(means);
    double tail = (1 - CONFIDENCE) / 2;
    return new Interval(Quantiles.at(means, tail), Quantiles.at(means, 1 - tail));
  }

  /** Sum and count of the values of each cluster. */
  private static double[][] sums(List<Double> values, List<?> clusters) {
    Map<Object, double[]> sums = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      double[] sum = sums.computeIfAbsent(clusters.get(i), cluster -> new double[2]);
      sum[0] += values.get(i);
      sum[1]++;
    }
    return sums.values().toArray(new double[0][]);
  }
}
