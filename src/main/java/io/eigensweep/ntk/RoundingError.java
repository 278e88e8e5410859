package io.eigensweep.ntk;

import io.eigensweep.linalg.Blas;
import io.eigensweep.network.NetworkSettings;

/**
 * What rounding can do to a kernel and its eigenvalues.
 *
 * <p>Three sources, ε the distance of 1 and the next number, q the longest inner product of the
 * network and its gradients, M the rows of K, H + 1 the layers:
 *
 * <ul>
 *   <li><b>Evaluation</b>: the computed Jacobian rows differ from those of exact arithmetic on the
 *       same parameters by η·‖J_r‖, η = 6·(H + 1)·√q·ε·max(1, max|σ'|)^H. An inner product of
 *       length q is wrong by 6·√q·(ε/2) of the product of the norms but for a probability of 1e-7
 *       (Higham and Mary 2019), each layer multiplies once forward and once backward, and each σ
 *       can magnify what the layers below did wrong, sin(30z) by 30. This is a model, not a proof;
 *       the tests compare it with the measured difference of float32 and float64.
 *   <li><b>Gram</b>: every entry is a product of two inner products, wrong by q·ε√(K_ii·K_jj) at
 *       most (Higham 2002, §3.1), so ‖ΔK‖ ≤ q·ε·trace(K); the solver adds M·ε·‖K‖ at most.
 *   <li><b>Singular values</b>: Householder QR and SVD of J are backward stable; ΔJ stays below
 *       M·ε·‖J‖_F.
 * </ul>
 */
record RoundingError(double epsilon, double evaluation, int products, int rows) {

  /** The errors of kernels made of {@code factors} by {@code blas}. */
  static RoundingError of(JacobianFactors factors, NetworkSettings network, Blas blas) {
    double epsilon = blas.epsilon();
    int products = factors.longestProduct();
    int hidden = network.hiddenLayers();
    double magnified = Math.pow(Math.max(1, network.activation().steepest()), hidden);
    double evaluation = 6 * (hidden + 1) * Math.sqrt(products) * epsilon * magnified;
    return new RoundingError(epsilon, evaluation, products, factors.rows());
  }

  /** The most that an eigenvalue from the Gram matrix is wrong by. */
  double gramFloor(double trace) {
    return (((double) products + rows) * epsilon + 2 * evaluation) * trace;
  }

  /** The most that a singular value of J is wrong by. */
  double singularValue(double trace) {
    return (rows * epsilon + evaluation) * Math.sqrt(trace);
  }
}
