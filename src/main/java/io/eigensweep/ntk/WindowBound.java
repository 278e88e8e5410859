package io.eigensweep.ntk;

import io.eigensweep.encoding.EncodedPoints;
import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.NullVector;
import io.eigensweep.network.ForwardPass;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameters;
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
  static double of(
      NetworkSettings network,
      Parameters parameters,
      EncodedPoints points,
      int d,
      Outputs outputs,
      Blas blas,
      Runnable betweenStages) {
    int perPoint = outputs == Outputs.FULL ? parameters.channels() : 1;
    int size = Math.min(points.count(), Math.max(1, ROWS / perPoint));
    int windows = size == points.count() ? 1 : WINDOWS;
    double best = Double.POSITIVE_INFINITY;
    for (int window = 0; window < windows; window++) {
      int centre = (int) ((2L * window + 1) * points.count() / (2L * windows));
      int[] rows = nearest(points, d, centre, size);
      best = Math.min(best, of(network, parameters, points.select(rows), d, outputs, blas));
      betweenStages.run();
    }
    return best;
  }

  private static double of(
      NetworkSettings network,
      Parameters parameters,
      EncodedPoints points,
      int d,
      Outputs outputs,
      Blas blas) {
    ForwardPass pass = ForwardPass.of(network, parameters, points, blas);
    EvaluationError evaluation =
        EvaluationError.of(pass, network.activation(), blas.epsilon(), blas);
    JacobianFactors factors = JacobianFactors.of(pass, outputs, blas);
    DMatrixRMaj kernel = KernelBuilder.build(factors, blas).total();
    RoundingError error = RoundingError.of(factors, evaluation, blas);
    ShortCertificates certificates = new ShortCertificates(factors, kernel, error);
    double bound = certificates.best(Combinations.of(points, d, 0)).bound();
    double floor = error.gramFloor(SpectrumBuilder.trace(kernel));
    double[] vector = NullVector.of(kernel, floor, blas);
    return vector == null
        ? bound
        : Math.min(bound, certificates.of(vector, "null-vector", blas).bound());
  }

  /** The {@code size} points that are nearest to one of them, in order. */
  private static int[] nearest(EncodedPoints points, int d, int centre, int size) {
    double[] distances = new double[points.count()];
    for (int i = 0; i < distances.length; i++) {
      for (int axis = 0; axis < d; axis++) {
        double difference =
            points.fixed()[i * points.fixedDimension() + axis]
                - points.fixed()[centre * points.fixedDimension() + axis];
        distances[i] = Math.max(distances[i], Math.abs(difference));
      }
    }
    return IntStream.range(0, points.count())
        .boxed()
        .sorted(Comparator.comparingDouble(i -> distances[i]))
        .limit(size)
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }
}
