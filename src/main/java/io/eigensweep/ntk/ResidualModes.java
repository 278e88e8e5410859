package io.eigensweep.ntk;

import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.SymmetricEigenvectors;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Follows the residual f − y from checkpoint to checkpoint, by eigenmode of the earlier kernel and
 * by radial frequency, and says what that kernel predicts.
 *
 * <p>Prediction: the expected step of minibatch descent moves the residual r on the kernel's points
 * by −(2η/NC)·K·r, the points standing for all samples; so a mode of eigenvalue λ is left with (1 −
 * 2ηλ/NC)^steps. {@code mean} takes the kernel of every output to be the mean, without coupling
 * between outputs; {@code sum} does the same with K/C; {@code full} has the coupling.
 */
final class ResidualModes {
  private static final int SINGLE_MODES = 64;

  private final KernelSample sample;
  private final int channels;
  private final boolean coupled;
  private final double kernelFactor;
  private final double ratePerStep;
  private final long stepsPerEpoch;
  private final Blas blas;
  private final @Nullable Cosines cosines;
  private @Nullable Earlier earlier;

  private record Earlier(int epoch, SymmetricEigenvectors eigen, DMatrixRMaj residual) {}

  ResidualModes(
      KernelSample sample,
      int channels,
      Outputs outputs,
      double ratePerStep,
      long stepsPerEpoch,
      Blas blas) {
    this.ratePerStep = ratePerStep;
    this.stepsPerEpoch = stepsPerEpoch;
    this.sample = sample;
    this.channels = channels;
    this.coupled = outputs == Outputs.FULL;
    this.kernelFactor = outputs == Outputs.SUM ? 1.0 / channels : 1;
    this.blas = blas;
    this.cosines = sample.side() > 1 ? new Cosines(sample.side()) : null;
  }

  /**
   * What happened since the last checkpoint; empty at the first.
   *
   * @param residual f − y, N × C
   * @param kernel at this checkpoint
   * @param last whether no checkpoint follows
   */
  List<ModeEnergy> next(int epoch, DMatrixRMaj residual, DMatrixRMaj kernel, boolean last) {
    DMatrixRMaj now = coupled ? column(residual) : residual;
    List<ModeEnergy> energies = earlier == null ? List.of() : since(earlier, epoch, now);
    earlier = null; // its eigenvectors make room for the next ones
    earlier = last ? null : new Earlier(epoch, SymmetricEigenvectors.of(kernel, blas), now.copy());
    return energies;
  }

  private List<ModeEnergy> since(Earlier before, int epoch, DMatrixRMaj now) {
    List<ModeEnergy> energies = new ArrayList<>();
    double steps = (double) (epoch - before.epoch()) * stepsPerEpoch;
    DMatrixRMaj start = coefficients(before.eigen().vectors(), before.residual());
    DMatrixRMaj end = coefficients(before.eigen().vectors(), now);
    DMatrixRMaj predicted = start.copy();
    int n = predicted.numRows;
    double rate = ratePerStep * kernelFactor / ((double) sample.targets().length);
    for (int i = 0; i < n; i++) {
      double factor = StrictMath.pow(1 - rate * before.eigen().values()[i], steps);
      for (int c = 0; c < predicted.numCols; c++) {
        predicted.data[i * predicted.numCols + c] *= factor;
      }
    }
    byEigenvalue(before, epoch, start, predicted, end, energies);
    if (cosines != null) {
      DMatrixRMaj left = new DMatrixRMaj(n, predicted.numCols);
      blas.multiplyTransposed(1, before.eigen().vectors(), predicted, 0, left);
      byFrequency(before, epoch, left, now, energies);
    }
    return energies;
  }

  private static DMatrixRMaj column(DMatrixRMaj matrix) {
    return DMatrixRMaj.wrap(matrix.getNumElements(), 1, matrix.data);
  }

  private DMatrixRMaj coefficients(DMatrixRMaj vectors, DMatrixRMaj residual) {
    DMatrixRMaj coefficients = new DMatrixRMaj(vectors.numRows, residual.numCols);
    blas.multiply(1, vectors, false, residual, 0, coefficients);
    return coefficients;
  }

  private void byEigenvalue(
      Earlier before,
      int epoch,
      DMatrixRMaj start,
      DMatrixRMaj predicted,
      DMatrixRMaj end,
      List<ModeEnergy> energies) {
    int n = start.numRows;
    double total = sample.targets().length;
    int count;
    for (int mode = 0; mode < n; mode += count) {
      count = Math.min(n - mode, mode < SINGLE_MODES ? 1 : mode / 10);
      double eigenvalue = 0;
      double frequency = 0;
      double[] energy = new double[3];
      for (int rank = mode; rank < mode + count; rank++) {
        int i = n - 1 - rank;
        eigenvalue += before.eigen().values()[i] / count;
        frequency += frequency(before.eigen().vectors(), i) / count;
        energy[0] += rowSquare(start, i) / total;
        energy[1] += rowSquare(predicted, i) / total;
        energy[2] += rowSquare(end, i) / total;
      }
      energies.add(
          new ModeEnergy(
              before.epoch(),
              epoch,
              "eigen",
              mode,
              count,
              eigenvalue,
              cosines == null ? null : frequency,
              energy[0],
              Double.isFinite(energy[1]) ? energy[1] : null,
              energy[2]));
    }
  }

  /** The mean radial frequency of an eigenvector, weighted by the squares of its cosines. */
  private double frequency(DMatrixRMaj vectors, int row) {
    if (cosines == null) {
      return 0;
    }
    int stride = coupled ? channels : 1;
    double sum = 0;
    for (int c = 0; c < stride; c++) {
      double[] transform = cosines.of(vectors.data, row * vectors.numCols + c, stride);
      for (int entry = 0; entry < sample.points().count(); entry++) {
        sum += transform[entry] * transform[entry] * cosines.frequency(entry);
      }
    }
    return sum;
  }

  private void byFrequency(
      Earlier before,
      int epoch,
      DMatrixRMaj predicted,
      DMatrixRMaj now,
      List<ModeEnergy> energies) {
    if (cosines == null) {
      return;
    }
    int points = sample.points().count();
    int bins = (int) Math.rint(cosines.frequency(points - 1)) + 1;
    double[] start = new double[bins];
    double[] left = new double[bins];
    double[] end = new double[bins];
    addSquares(before.residual(), start);
    addSquares(predicted, left);
    addSquares(now, end);
    int[] counts = new int[bins];
    double[] frequencies = new double[bins];
    for (int entry = 0; entry < points; entry++) {
      int bin = (int) Math.rint(cosines.frequency(entry));
      counts[bin]++;
      frequencies[bin] += cosines.frequency(entry);
    }
    for (int bin = 0; bin < bins; bin++) {
      if (counts[bin] > 0) {
        energies.add(
            new ModeEnergy(
                before.epoch(),
                epoch,
                "frequency",
                bin,
                counts[bin],
                null,
                frequencies[bin] / counts[bin],
                start[bin],
                Double.isFinite(left[bin]) ? left[bin] : null,
                end[bin]));
      }
    }
  }

  private void addSquares(DMatrixRMaj residual, double[] bins) {
    Cosines transform = java.util.Objects.requireNonNull(cosines);
    double total = sample.targets().length;
    for (int c = 0; c < channels; c++) {
      double[] entries = transform.of(residual.data, c, channels);
      for (int entry = 0; entry < sample.points().count(); entry++) {
        bins[(int) Math.rint(transform.frequency(entry))] +=
            entries[entry] * entries[entry] / total;
      }
    }
  }

  private static double rowSquare(DMatrixRMaj matrix, int row) {
    double square = 0;
    for (int c = 0; c < matrix.numCols; c++) {
      square += matrix.get(row, c) * matrix.get(row, c);
    }
    return square;
  }
}
