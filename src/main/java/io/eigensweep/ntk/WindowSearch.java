package io.eigensweep.ntk;

import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.SymmetricEigenvalues;
import io.eigensweep.network.ForwardPass;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameters;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** Finds among windows of training points that whose kernel has the smallest λ_min. */
record WindowSearch(NtkSettings settings, NetworkSettings network, Blas blas) {

  /**
   * The window that counts, by its smallest computed eigenvalue; the first of several.
   *
   * @param betweenStages runs after each window
   */
  KernelPoints.Window smallest(KernelPoints points, Parameters parameters, Runnable betweenStages) {
    List<KernelPoints.Window> windows = points.windows();
    KernelPoints.Window found = windows.get(0);
    double least = Double.POSITIVE_INFINITY;
    for (KernelPoints.Window window :
        windows.size() == 1 ? List.<KernelPoints.Window>of() : windows) {
      double smallest = smallest(points.of(window), parameters);
      if (smallest < least) {
        least = smallest;
        found = window;
      }
      betweenStages.run();
    }
    return found;
  }

  private double smallest(KernelSample sample, Parameters parameters) {
    Blas arithmetic = settings.precision() == Precision.FLOAT ? blas.inSingle() : blas;
    ForwardPass pass = ForwardPass.of(network, parameters, sample.points(), arithmetic);
    JacobianFactors factors = JacobianFactors.of(pass, settings.outputs(), arithmetic);
    DMatrixRMaj kernel = KernelBuilder.build(factors, arithmetic).total(arithmetic);
    return SymmetricEigenvalues.of(kernel, arithmetic)[0];
  }
}
