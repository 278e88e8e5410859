package io.eigensweep.measure;

import io.eigensweep.ntk.KernelSummary;
import io.eigensweep.ntk.Outputs;
import io.eigensweep.ntk.Spectrum;
import io.eigensweep.trial.TrialResult;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far training was long enough for the modes of its kernel. Gradient flow on the mean of NC
 * squares moves the residual by dr/dt = −(2/NC)·K_full·r, so that of a mode with eigenvalue λ of
 * K_full falls by the factor exp(−2λt/(NC)) in the flow's time t; the mode has converged when the
 * exponent 2λt/(NC) is at least 1. {@code outputs: mean} has the eigenvalues of K_full as far as
 * the outputs' kernels are alike and do not mix (exact at infinite width), {@code sum} has C times
 * those.
 *
 * <p>K is that of the last checkpoint, taken as if it had been the same throughout; its points
 * stand for all samples, since λ/N does not depend on how many there are.
 *
 * @param slowestExponent of the smallest eigenvalue, null when that is not resolved
 * @param unconvergedModes share of the eigenvalues whose exponent is below 1
 */
public record Convergence(@Nullable Double slowestExponent, double unconvergedModes) {
  /**
   * The convergence of {@code result}; empty without a kernel, where t is not known, and for losses
   * other than mean squares, which have no {@code learningRateLimit} either.
   */
  public static Optional<Convergence> of(TrialResult result) {
    KernelSummary kernel = result.kernel();
    TrialResult.TrainingFacts training = result.training();
    Spectrum spectrum = kernel == null ? null : kernel.last("total");
    if (kernel == null
        || spectrum == null
        || training == null
        || training.flowTime() == null
        || kernel.learningRateLimit() == null) {
      return Optional.empty();
    }
    int channels = result.trial().signal().channels();
    double scale = result.trial().ntk().outputs() == Outputs.SUM ? channels : 1;
    double perEigenvalue = 2 * training.flowTime() / ((double) kernel.points() * channels) / scale;
    double[] eigenvalues = spectrum.eigenvalues();
    int slow = 0;
    for (double eigenvalue : eigenvalues) {
      slow += eigenvalue * perEigenvalue < 1 ? 1 : 0;
    }
    Double smallest = spectrum.resolved() ? spectrum.lambdaMin() : null;
    return Optional.of(
        new Convergence(
            smallest == null ? null : smallest * perEigenvalue,
            (double) slow / eigenvalues.length));
  }
}
