package io.eigensweep.spark;

import io.eigensweep.trial.Status;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.util.DoubleAccumulator;
import org.apache.spark.util.LongAccumulator;

/**
 * How many trials have ended, by status, and how much of the predicted work that was: a handful of
 * numbers that executors add to and the driver reads. Nothing else of a trial comes back.
 */
final class Fates implements Serializable {
  private static final long serialVersionUID = 1L;

  private final EnumMap<Status, LongAccumulator> counts = new EnumMap<>(Status.class);
  private final DoubleAccumulator predictedSeconds;

  Fates(SparkContext context) {
    for (Status status : Status.values()) {
      counts.put(status, context.longAccumulator("trials " + status));
    }
    predictedSeconds = context.doubleAccumulator("predicted seconds of ended trials");
  }

  /** Called by an executor when a trial's row is committed. */
  void add(Status status, double seconds) {
    count(status).add(1);
    predictedSeconds.add(seconds);
  }

  /** Ended trials. */
  long ended() {
    return counts.values().stream().mapToLong(LongAccumulator::sum).sum();
  }

  /** Ended trials that did not succeed. */
  long unsuccessful() {
    return ended() - count(Status.SUCCEEDED).sum();
  }

  /** The predicted seconds of all ended trials. */
  double predictedSeconds() {
    return predictedSeconds.sum();
  }

  /** Ended trials by status; statuses that did not occur are left out. */
  Map<Status, Long> byStatus() {
    EnumMap<Status, Long> sums = new EnumMap<>(Status.class);
    counts.forEach(
        (status, count) -> {
          if (count.sum() > 0) {
            sums.put(status, count.sum());
          }
        });
    return sums;
  }

  private LongAccumulator count(Status status) {
    LongAccumulator count = counts.get(status);
    if (count == null) {
      throw new IllegalStateException("no counter for " + status);
    }
    return count;
  }
}
