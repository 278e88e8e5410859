package io.eigensweep.ntk;

import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.Cholesky;
import io.eigensweep.linalg.SymmetricEigenvalues;
import io.eigensweep.network.ForwardPass;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameters;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** Finds among windows of training points that whose kernel has the smallest λ_min. */
record WindowSearch(NtkSettings settings, NetworkSettings network, Blas blas) {

  /**
   * The window that counts, by its smallest computed eigenvalue; the first of several. A kernel K
   * for which K − λI has a Cholesky factor, λ the smallest so far, has no smaller one, and takes a
   * twentieth of the time of its eigenvalues.
   *
   * @param betweenStages runs after each window
   */
  KernelPoints.Window smallest(KernelPoints points, Parameters parameters, Runnable betweenStages) {
    List<KernelPoints.Window> windows = points.windows();
    KernelPoints.Window found = windows.get(0);
    double least = Double.POSITIVE_INFINITY;
    for (KernelPoints.Window window :
        windows.size() == 1 ? List.<KernelPoints.Window>of() : windows) {
      DMatrixRMaj kernel = kernel(points.of(window), parameters);
      if (least == Double.POSITIVE_INFINITY || !Cholesky.exists(kernel, -least, blas)) {
        double smallest = SymmetricEigenvalues.of(kernel, arithmetic())[0];
        if (smallest < least) {
          least = smallest;
          found = window;
        }
      }
      betweenStages.run();
    }
    return found;
  }

  private Blas arithmetic() {
    return settings.precision() == Precision.FLOAT ? blas.inSingle() : blas;
  }

  private DMatrixRMaj kernel(KernelSample sample, Parameters parameters) {
    ForwardPass pass = ForwardPass.of(network, parameters, sample.points(), arithmetic());
    JacobianFactors factors = JacobianFactors.of(pass, settings.outputs(), arithmetic());
    return KernelBuilder.build(factors, arithmetic()).total(arithmetic());
  }
}
