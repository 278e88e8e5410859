package io.eigensweep.ntk;

import io.eigensweep.encoding.EncodedPoints;
import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.NullVector;
import io.eigensweep.network.ForwardPass;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * Upper bounds of λ_min over all points from the kernels of a few windows of neighbouring points,
 * which are principal submatrices of the whole (Cauchy's interlacing).
 */
final class WindowBound {
  /** Rows of a window's kernel at most. */
  private static final int ROWS = 768;

  private static final int WINDOWS = 4;

  private WindowBound() {}

  /** The smallest bound. */
  static double of(AllPoints all, Blas blas, Runnable betweenStages) {
    int count = all.points().count();
    int size = Math.min(count, Math.max(1, ROWS / all.rowsPerPoint()));
    int windows = size == count ? 1 : WINDOWS;
    double best = Double.POSITIVE_INFINITY;
    for (int window = 0; window < windows; window++) {
      int centre = (int) ((2L * window + 1) * count / (2L * windows));
      best = Math.min(best, of(all.select(nearest(all, centre, size)), blas));
      betweenStages.run();
    }
    return best;
  }

  private static double of(AllPoints window, Blas blas) {
    EncodedPoints points = window.points();
    ForwardPass pass = ForwardPass.of(window.network(), window.parameters(), points, blas);
    EvaluationError evaluation =
        EvaluationError.of(pass, window.network().activation(), blas.epsilon(), blas);
    JacobianFactors factors = JacobianFactors.of(pass, window.outputs(), blas);
    DMatrixRMaj kernel = KernelBuilder.build(factors, blas).total();
    RoundingError error = RoundingError.of(factors, evaluation, blas);
    ShortCertificates certificates = new ShortCertificates(factors, kernel, error);
    double bound = certificates.best(Combinations.of(points, window.dimensions(), 0)).bound();
    double floor = error.gramFloor(SpectrumBuilder.trace(kernel));
    double[] vector = NullVector.of(kernel, floor, blas);
    return vector == null
        ? bound
        : Math.min(bound, certificates.of(vector, "null-vector", blas).bound());
  }

  /** The {@code size} points that are nearest to one of them, in order. */
  private static int[] nearest(AllPoints all, int centre, int size) {
    double[] distances = new double[all.points().count()];
    for (int i = 0; i < distances.length; i++) {
      for (int axis = 0; axis < all.dimensions(); axis++) {
        double difference = all.coordinate(i, axis) - all.coordinate(centre, axis);
        distances[i] = Math.max(distances[i], Math.abs(difference));
      }
    }
    return IntStream.range(0, distances.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> distances[i]))
        .limit(size)
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }
}
