package io.eigensweep.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.linalg.SymmetricEigenvalues;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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

  @Test
  void anEigenvalueProblemHoldsUpNoNeighbour() {
    AtomicInteger solving = new AtomicInteger(1);
    List<String> ends = new CopyOnWriteArrayList<>();
    SparkConf conf =
        new SparkConf()
            .setMaster("local[2]")
            .setAppName("one executor")
            .set("spark.ui.enabled", "false")
            .set("spark.executor.heartbeatInterval", "500ms")
            // An executor that is silent for fifteen seconds is lost.
            .set("spark.network.timeout", "15s")
            .set("spark.network.timeoutInterval", "1s")
            .set("spark.storage.blockManagerHeartbeatTimeoutMs", "15000");
    List<Double> results;
    try (JavaSparkContext context = new JavaSparkContext(conf)) {
      Solving.set(solving);
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
    assertThat(results.get(1)).as("GB allocated meanwhile").isGreaterThan(1);
    assertThat(ends).hasSize(2).containsOnly("Success");
  }

  /** Whether the eigenvalue problem is being solved: both tasks run in this JVM. */
  private static final class Solving {
    private static AtomicInteger count = new AtomicInteger();

    static void set(AtomicInteger solving) {
      count = solving;
    }
  }

  private static double smallestEigenvalue() {
    try {
      return SymmetricEigenvalues.of(differences(), Blas.of(BlasChoice.AUTO))[0];
    } finally {
      Solving.count.decrementAndGet();
    }
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

  /** Keeps 64 MB alive and replaces it again and again; the GB that took. */
  private static double allocate() {
    Deque<byte[]> alive = new ArrayDeque<>();
    double gigabytes = 0;
    while (Solving.count.get() > 0) {
      alive.add(new byte[1 << 20]);
      gigabytes += 0x1p-10;
      if (alive.size() > 64) {
        alive.remove();
      }
    }
    return gigabytes;
  }
}
