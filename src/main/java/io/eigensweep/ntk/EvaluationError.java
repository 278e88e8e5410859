package io.eigensweep.ntk;

import io.eigensweep.linalg.Blas;
import io.eigensweep.network.Activation;
import io.eigensweep.network.ForwardPass;
import io.eigensweep.network.LayerScale;
import org.ejml.data.DMatrixRMaj;

/**
 * How far the computed rows of a network's Jacobian are from those of exact arithmetic on the same
 * parameters, judged from the computed pass itself.
 *
 * <p><b>One product.</b> A sum z = Σ_k w_k·a_k of q rounded terms is wrong by Σ_k ρ_k·S_k with the
 * partial sums S_k and independent |ρ_k| ≤ ε/2. Products without a common sign make S_k about as
 * large as (Σ_(i≤k) w_i²a_i²)^½, those of one sign keep it below |z|; either way the error stays
 * below 3·√q·ε·max(|z|, ‖w∘a‖) but for a probability of 1e-7 (the argument of Higham and Mary 2019,
 * whose ‖w‖‖a‖ allows for the worst signs and is √q as large). With u = 3·√q·ε that is u·m, m =
 * max(|z|, τ), where τ is the root mean square of ‖w∘a‖ over the units of the layer: a unit whose
 * terms cancel is known no better than the others.
 *
 * <p><b>From layer to layer.</b> In units of u, with f_(-1) = 0 for the encoding,
 *
 * <pre>
 *   e_l = 1 + f_(l−1)                         of z_l, relative to m
 *   f_l = ‖m∘σ'(z)‖/‖σ(z)‖·e_l                of a_l = σ(z_l)
 *   b_l = B_l(1 + b_(l+1)) + ‖β∘m∘σ''(z)‖/‖β∘σ'(z)‖·e_l     of δ_l = β∘σ'(z_l), β = s·Wᵀδ_(l+1)
 * </pre>
 *
 * with B = max(1, ‖w∘δ‖/‖β‖) of the backward product and b = 0 for the outputs. The quotients are
 * the condition of σ and σ' at the sums that occur: 30|z| for sin(30z), 2|z| for tanh's slope in
 * saturation, so that large weights are told from small ones. A ReLU whose z is no larger than its
 * error may be taken on the wrong side; the entries of δ that hang on it count as wrong. Layer l of
 * J is wrong by 1 + f_(l−1) + b_l, a grid level by B(1 + b_0), and the bounds use twice the
 * largest.
 *
 * @param whole η relative to ‖J‖_F, from the norms over all rows
 * @param row η relative to ‖J_r‖ for the worst row r
 */
record EvaluationError(double whole, double row) {

  /** What is wrong by its whole size is not known better; it keeps the floors finite. */
  private static final double LARGEST = 1e6;

  /** None: for a matrix that is given and not computed. */
  static final EvaluationError NONE = new EvaluationError(0, 0);

  /**
   * The error of the rows of J that {@code pass} gives.
   *
   * @param epsilon of the arithmetic that the pass was computed in
   * @param blas any
   */
  static EvaluationError of(ForwardPass pass, Activation activation, double epsilon, Blas blas) {
    double unit = 3 * Math.sqrt(longestProduct(pass)) * epsilon;
    Passed passed = new Passed(pass, activation, unit, blas);
    double row = 0;
    int points = pass.outputs().numRows;
    for (int point = 0; point < points; point++) {
      row = Math.max(row, passed.error(point, point + 1));
    }
    return new EvaluationError(
        Math.min(LARGEST, 2 * unit * passed.error(0, points)), Math.min(LARGEST, 2 * unit * row));
  }

  private static int longestProduct(ForwardPass pass) {
    int longest = 1;
    for (DMatrixRMaj w : pass.parameters().weights()) {
      longest = Math.max(longest, Math.max(w.numRows, w.numCols));
    }
    return longest;
  }

  /** Squared norms of each layer's quantities, point by point. */
  private static final class Passed {
    private final ForwardPass pass;
    private final int hidden;
    private final boolean grids;

    /** ‖w∘a‖², ‖m∘σ'‖² and ‖σ‖² of each hidden layer. */
    private final double[][] terms;

    private final double[][] moved;
    private final double[][] values;

    /** ‖β‖² and ‖w∘δ‖², then ‖β∘σ'‖² and ‖β∘m∘σ''‖², layer 0's last, over all outputs. */
    private final double[][] backSums;

    private final double[][] backTerms;
    private final double[][] slopes;
    private final double[][] bends;

    /** The parts of ‖β∘σ'‖² that hang on a ReLU's uncertain side. */
    private final double[][] flips;

    private final double unit;

    Passed(ForwardPass pass, Activation activation, double unit, Blas blas) {
      this.pass = pass;
      this.unit = unit;
      this.hidden = pass.hiddenLayers();
      this.grids = !pass.points().levels().isEmpty();
      int n = pass.outputs().numRows;

      terms = new double[hidden][n];
      moved = new double[hidden][n];
      values = new double[hidden][n];
      backSums = new double[hidden + 1][n];
      backTerms = new double[hidden + 1][n];
      slopes = new double[hidden][n];
      bends = new double[hidden][n];
      flips = new double[hidden][n];
      DMatrixRMaj[] z = new DMatrixRMaj[hidden];
      for (int layer = 0; layer < hidden; layer++) {
        z[layer] = forward(layer, blas);
      }
      int channels = pass.outputs().numCols;
      for (int channel = 0; channel < channels; channel++) {
        DMatrixRMaj delta = new DMatrixRMaj(n, channels);
        for (int i = 0; i < n; i++) {
          delta.data[i * channels + channel] = 1;
        }
        for (int layer = hidden - 1; layer >= 0; layer--) {
          delta = backward(layer, delta, z[layer], activation, blas);
        }
        if (grids) {
          DMatrixRMaj gradient = pass.backwardToGrid(delta, blas);
          add(backTerms[hidden], delta, rowSquares(0, pass.points().fixedDimension()));
          addSquares(backSums[hidden], gradient);
        }
      }
    }

    private DMatrixRMaj forward(int layer, Blas blas) {
      DMatrixRMaj w = pass.parameters().weights().get(layer);
      DMatrixRMaj a = pass.inputs().get(layer);
      LayerScale scale = pass.scales().get(layer);
      DMatrixRMaj z = new DMatrixRMaj(a.numRows, w.numRows);
      double biases = 0;
      if (pass.parameters().hasBias()) {
        double[] bias = pass.parameters().biases().get(layer).data;
        for (int i = 0; i < z.getNumElements(); i++) {
          z.data[i] = scale.bias() * bias[i % w.numRows];
        }
        for (int j = 0; j < w.numRows; j++) {
          biases += scale.bias() * scale.bias() * bias[j] * bias[j];
        }
      }
      blas.multiply(scale.weight(), a, true, w, 1, z);
      double[] columns = new double[w.numCols];
      for (int i = 0; i < w.getNumElements(); i++) {
        columns[i % w.numCols] += w.data[i] * w.data[i];
      }
      for (int i = 0; i < a.numRows; i++) {
        double square = 0;
        for (int j = 0; j < a.numCols; j++) {
          square += a.data[i * a.numCols + j] * a.data[i * a.numCols + j] * columns[j];
        }
        terms[layer][i] = scale.weight() * scale.weight() * square + biases;
      }
      DMatrixRMaj value = pass.inputs().get(layer + 1);
      DMatrixRMaj slope = pass.slopes().get(layer);
      for (int i = 0; i < z.getNumElements(); i++) {
        int point = i / w.numRows;
        double size = size(layer, point, z.data[i], w.numRows);
        moved[layer][point] += StrictMath.pow(size * slope.data[i], 2);
        values[layer][point] += value.data[i] * value.data[i];
      }
      return z;
    }

    /** m, to which the error of a unit's sum is relative. */
    private double size(int layer, int point, double sum, int units) {
      return Math.max(Math.abs(sum), Math.sqrt(terms[layer][point] / units));
    }

    /** δ of {@code layer}, from that of the layer above. */
    private DMatrixRMaj backward(
        int layer, DMatrixRMaj above, DMatrixRMaj z, Activation activation, Blas blas) {
      DMatrixRMaj w = pass.parameters().weights().get(layer + 1);
      double scale = pass.scales().get(layer + 1).weight();
      DMatrixRMaj beta = new DMatrixRMaj(above.numRows, w.numCols);
      blas.multiply(scale, above, false, w, 0, beta);
      add(backTerms[layer], above, rowSquares(layer + 1, 0));
      addSquares(backSums[layer], beta);
      double[] value = pass.inputs().get(layer + 1).data;
      double[] slope = pass.slopes().get(layer).data;
      double forward = unit * sumError(layer, 0, above.numRows);
      for (int i = 0; i < beta.getNumElements(); i++) {
        int point = i / w.numCols;
        double size = size(layer, point, z.data[i], w.numCols);
        double bend = activation.curvature(z.data[i], value[i], slope[i]) * size;
        bends[layer][point] += StrictMath.pow(beta.data[i] * bend, 2);
        double wrong = 4 * forward * size; // the units of a layer differ
        if (activation == Activation.RELU && z.data[i] != 0 && Math.abs(z.data[i]) <= wrong) {
          flips[layer][point] += beta.data[i] * beta.data[i];
        }
        beta.data[i] *= slope[i];
        slopes[layer][point] += beta.data[i] * beta.data[i];
      }
      return beta;
    }

    /** s²Σ_k W_jk² of the columns from {@code first} on. */
    private double[] rowSquares(int layer, int first) {
      DMatrixRMaj w = pass.parameters().weights().get(layer);
      double scale = pass.scales().get(layer).weight();
      double[] squares = new double[w.numRows];
      for (int row = 0; row < w.numRows; row++) {
        for (int column = first; column < w.numCols; column++) {
          squares[row] += StrictMath.pow(scale * w.get(row, column), 2);
        }
      }
      return squares;
    }

    private static void add(double[] target, DMatrixRMaj delta, double[] squares) {
      for (int i = 0; i < delta.getNumElements(); i++) {
        target[i / delta.numCols] += delta.data[i] * delta.data[i] * squares[i % delta.numCols];
      }
    }

    private static void addSquares(double[] target, DMatrixRMaj matrix) {
      for (int i = 0; i < matrix.getNumElements(); i++) {
        target[i / matrix.numCols] += matrix.data[i] * matrix.data[i];
      }
    }

    /** f_(l−1) over the points from … to − 1. */
    private double inputError(int layer, int from, int to) {
      return layer == 0
          ? 0
          : ratio(moved[layer - 1], values[layer - 1], from, to) * sumError(layer - 1, from, to);
    }

    /** e_l over the points from … to − 1. */
    private double sumError(int layer, int from, int to) {
      return 1 + inputError(layer, from, to);
    }

    /** The largest 1 + f_(l−1) + b_l over the points from … to − 1. */
    double error(int from, int to) {
      double worst = 0;
      double above = 0;
      for (int layer = hidden; layer >= 0; layer--) {

        if (layer < hidden) {
          double back = Math.max(1, ratio(backTerms[layer], backSums[layer], from, to));
          above =
              back * (1 + above)
                  + ratio(bends[layer], slopes[layer], from, to) * sumError(layer, from, to)
                  + ratio(flips[layer], slopes[layer], from, to) / unit;
        }
        worst = Math.max(worst, 1 + inputError(layer, from, to) + above);
      }
      if (grids) {
        double back = Math.max(1, ratio(backTerms[hidden], backSums[hidden], from, to));
        worst = Math.max(worst, back * (1 + above));
      }
      return worst;
    }

    /** √(Σ a / Σ b) over the points, 0 where nothing is to be wrong. */
    private static double ratio(double[] a, double[] b, int from, int to) {
      double above = 0;
      double below = 0;
      for (int i = from; i < to; i++) {
        above += a[i];
        below += b[i];
      }
      return above == 0 ? 0 : Math.sqrt(above / below);
    }
  }
}
