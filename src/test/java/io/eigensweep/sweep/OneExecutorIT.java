package io.eigensweep.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.linalg.SymmetricEigenvalues;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/**
 * A large eigenvalue problem beside a task that allocates without pause, in one executor: a native
 * call that held up the collector would silence the heartbeat, or end in a false out-of-memory.
 * {@code -Deigensweep.eigenvalue.rows=8192} is the size that the kernels of a night have; by
 * default it is smaller, to fit a build.
 */
class OneExecutorIT {
  private static final int ROWS = Integer.getInteger("eigensweep.eigenvalue.rows", 3072);

  /** One that has waited for the call's end could be counted, but not several. */
  private static final int COLLECTIONS = 3;

  /** The problem is solved again until so many have fallen into one call, but not for ever. */
  private static final int MOST_SOLUTIONS = 20;

  @Test
  void anEigenvalueProblemHoldsUpNoNeighbour() {
    Shared.reset();
    List<String> ends = new CopyOnWriteArrayList<>();
    SparkConf conf =
        new SparkConf()
            .setMaster("local[2]")
            .setAppName("one executor")
            .set("spark.ui.enabled", "false");
    List<Double> results;
    try (JavaSparkContext context = new JavaSparkContext(conf)) {
      context
          .sc()
          .addSparkListener(
              new SparkListener() {
                @Override
                public void onTaskEnd(SparkListenerTaskEnd end) {
                  ends.add(end.reason().toString());
                }
              });
      results =
          context
              .parallelize(List.of(0, 1), 2)
              .map(task -> task == 0 ? smallestEigenvalue() : allocate())
              .collect();
    }

    // The matrix has 2 on its diagonal and -1 beside it.
    double expected = 2 - 2 * Math.cos(Math.PI / (ROWS + 1));
    assertThat(results.get(0)).isCloseTo(expected, within(1e-12));
    assertThat(results.get(1)).as("collections fell into one call").isOne();
    assertThat(ends).hasSize(2).containsOnly("Success");
  }

  /** What the two tasks, both in this JVM, tell each other. */
  private static final class Shared {
    /** Odd while the eigenvalues are being computed. */
    private static final AtomicInteger CALLS = new AtomicInteger();

    private static final AtomicBoolean COLLECTED = new AtomicBoolean();

    static void reset() {
      CALLS.set(0);
      COLLECTED.set(false);
    }
  }

  private static double smallestEigenvalue() {
    double smallest = Double.NaN;
    for (int round = 0; round < MOST_SOLUTIONS && !Shared.COLLECTED.get(); round++) {
      DMatrixRMaj matrix = differences();
      Shared.CALLS.incrementAndGet();
      smallest = SymmetricEigenvalues.of(matrix, Blas.of(BlasChoice.AUTO))[0];
      Shared.CALLS.incrementAndGet();
    }
    return smallest;
  }

  private static DMatrixRMaj differences() {
    DMatrixRMaj matrix = new DMatrixRMaj(ROWS, ROWS);
    IntStream.range(0, ROWS)
        .forEach(
            i -> {
              matrix.set(i, i, 2);
              if (i > 0) {
                matrix.set(i, i - 1, -1);
                matrix.set(i - 1, i, -1);
              }
            });
    return matrix;
  }

  /** Keeps 64 MB alive and replaces it again and again; 1 once a call has seen collections. */
  private static double allocate() {
    Deque<byte[]> alive = new ArrayDeque<>();
    while (Shared.CALLS.get() < 2 * MOST_SOLUTIONS) {
      int call = Shared.CALLS.get();
      long enough = collections() + COLLECTIONS;
      while (Shared.CALLS.get() == call && collections() < enough) {
        alive.add(new byte[1 << 20]);
        if (alive.size() > 64) {
          alive.remove();
        }
      }
      if (call % 2 == 1 && collections() >= enough && Shared.CALLS.get() == call) {
        Shared.COLLECTED.set(true);
        return 1;
      }
    }
    return 0;
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }
}
