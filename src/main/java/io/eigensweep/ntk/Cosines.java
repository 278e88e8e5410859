package io.eigensweep.ntk;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The orthonormal cosine transform (DCT-II) of a k × k lattice. Entry (p, q) has the radial
 * frequency √(p² + q²)/2 cycles per side. The cosines, unlike the Fourier basis, don't take a
 * picture's opposite edges for neighbours.
 */
final class Cosines {
  private final int side;
  private final DMatrixRMaj basis;
  private final DMatrixRMaj half;
  private final DMatrixRMaj image;
  private final DMatrixRMaj transformed;

  Cosines(int side) {
    this.side = side;
    this.basis = new DMatrixRMaj(side, side);
    this.half = new DMatrixRMaj(side, side);
    this.image = new DMatrixRMaj(side, side);
    this.transformed = new DMatrixRMaj(side, side);
    for (int p = 0; p < side; p++) {
      double norm = Math.sqrt((p == 0 ? 1.0 : 2.0) / side);
      for (int i = 0; i < side; i++) {
        basis.set(p, i, norm * StrictMath.cos(Math.PI * (2 * i + 1) * p / (2.0 * side)));
      }
    }
  }

  /**
   * The transform of every {@code stride}th entry of {@code values} from {@code first} on, in an
   * array that the next call overwrites.
   */
  double[] of(double[] values, int first, int stride) {
    for (int i = 0; i < side * side; i++) {
      image.data[i] = values[first + i * stride];
    }
    CommonOps_DDRM.mult(basis, image, half);
    CommonOps_DDRM.multTransB(half, basis, transformed);
    return transformed.data;
  }

  /** The radial frequency of an entry of the transform, cycles per side. */
  double frequency(int entry) {
    int p = entry / side;
    int q = entry % side;
    return Math.hypot(p, q) / 2;
  }
}
