package io.eigensweep.ntk;

import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.Orthonormal;
import io.eigensweep.linalg.SparseSymmetric;
import io.eigensweep.linalg.SymmetricEigenvectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * An intermediate problem A + FFᵀ ⪯ K of K = A + J·Jᵀ (Weinstein and Stenger 1972), A sparse: for
 * any vectors G in the space of parameters J·Jᵀ ⪰ J·Π_G·Jᵀ, Π_G the projection on them, and with G
 * made of Jᵀv the two agree on the vectors v. The basis Ĝ of G is orthonormal up to rounding, F =
 * JĜ, and JJᵀ ⪰ FFᵀ/‖Ĝ‖₂² whatever Ĝ is: of its rounding only ‖Ĝ‖₂ counts.
 *
 * <p>The same products give Ritz values of K on the span of all v, upper bounds of λ_min(K) up to
 * rounding.
 */
final class IntermediateProblem {
  private final SparseSymmetric sparse;
  private final JacobianProducts rest;
  private final Blas blas;
  private final List<DMatrixRMaj> vectors = new ArrayList<>();
  private final List<DMatrixRMaj> images = new ArrayList<>();
  private final List<Directions> basis = new ArrayList<>();
  private DMatrixRMaj f;

  IntermediateProblem(SparseSymmetric sparse, JacobianProducts rest, Blas blas) {
    this.sparse = sparse;
    this.rest = rest;
    this.blas = blas;
    this.f = new DMatrixRMaj(sparse.size(), 0);
  }

  /** F, M × r. */
  DMatrixRMaj f() {
    return f;
  }

  /** r. */
  int columns() {
    return f.numCols;
  }

  /** Makes the two problems agree on the columns of {@code x} too. */
  void extend(DMatrixRMaj x) {
    DMatrixRMaj more = Orthonormal.columns(x, vectors, blas);
    if (more.numCols == 0) {
      return;
    }
    vectors.add(more);
    images.add(sparse.times(more));
    Directions g = rest.transposed(more);
    for (int sweep = 0; sweep < 2 && g.count() > 0; sweep++) {
      for (Directions block : basis) {
        g.add(-1, g.products(block, blas), block, blas);
      }
      g = g.combined(Orthonormal.combinations(g.products(g, blas), blas), blas);
    }
    if (g.count() > 0) {
      basis.add(g);
      f = beside(f, rest.times(g));
    }
  }

  private static DMatrixRMaj beside(DMatrixRMaj left, DMatrixRMaj right) {
    DMatrixRMaj both = new DMatrixRMaj(left.numRows, left.numCols + right.numCols);
    for (int i = 0; i < both.numRows; i++) {
      int at = i * both.numCols;
      System.arraycopy(left.data, i * left.numCols, both.data, at, left.numCols);
      System.arraycopy(right.data, i * right.numCols, both.data, at + left.numCols, right.numCols);
    }
    return both;
  }

  /**
   * The smallest Ritz values of K, ascending, and their vectors, M × k.
   *
   * @param values k of them
   * @param vectors orthonormal up to rounding
   */
  @SuppressWarnings("ArrayRecordComponent") // a result that is read once; never compared
  record Ritz(double[] values, DMatrixRMaj vectors) {

    /** The smallest. */
    double value() {
      return values[0];
    }
  }

  /** The smallest {@code most} Ritz values on the span of all vectors, or as many as it has. */
  Ritz ritz(int most) {
    int size = vectors.stream().mapToInt(block -> block.numCols).sum();
    DMatrixRMaj projected = new DMatrixRMaj(size, size);
    DMatrixRMaj onF = new DMatrixRMaj(size, columns());
    int row = 0;
    for (DMatrixRMaj block : vectors) {
      DMatrixRMaj own = new DMatrixRMaj(block.numCols, columns());
      if (columns() > 0) {
        blas.multiplyTransposed(1, block, f, 0, own);
      }
      System.arraycopy(own.data, 0, onF.data, row * columns(), own.getNumElements());
      int column = 0;
      for (DMatrixRMaj image : images) {
        DMatrixRMaj products = new DMatrixRMaj(block.numCols, image.numCols);
        blas.multiplyTransposed(1, block, image, 0, products);
        for (int i = 0; i < block.numCols; i++) {
          for (int j = 0; j < image.numCols; j++) {
            projected.set(row + i, column + j, products.get(i, j));
          }
        }
        column += image.numCols;
      }
      row += block.numCols;
    }
    if (columns() > 0) {
      blas.multiply(1, onF, true, onF, 1, projected);
    }
    SymmetricEigenvectors ritz = SymmetricEigenvectors.of(projected, blas);
    int k = Math.min(most, size);
    DMatrixRMaj found = new DMatrixRMaj(sparse.size(), k);
    int first = 0;
    for (DMatrixRMaj block : vectors) {
      DMatrixRMaj combined = new DMatrixRMaj(k, block.numCols);
      for (int i = 0; i < k; i++) {
        for (int j = 0; j < block.numCols; j++) {
          combined.set(i, j, ritz.vectors().get(i, first + j));
        }
      }
      blas.multiply(1, block, true, combined, 1, found);
      first += block.numCols;
    }
    return new Ritz(Arrays.copyOf(ritz.values(), k), found);
  }

  /** K·u − θ·u for each of these Ritz vectors, M × k, up to rounding. */
  DMatrixRMaj residuals(Ritz ritz) {
    DMatrixRMaj residuals = sparse.times(ritz.vectors());
    if (columns() > 0) {
      DMatrixRMaj onF = new DMatrixRMaj(columns(), ritz.values().length);
      blas.multiplyTransposed(1, f, ritz.vectors(), 0, onF);
      blas.multiply(1, f, false, onF, 1, residuals);
    }
    int k = ritz.values().length;
    for (int i = 0; i < residuals.getNumElements(); i++) {
      residuals.data[i] -= ritz.values()[i % k] * ritz.vectors().data[i];
    }
    return residuals;
  }

  /** Bound of ‖Ĝ‖₂² − 1: ‖ĜᵀĜ − I‖_F and what its products are wrong by. */
  double excess() {
    double square = 0;
    double norms = 0;
    for (int a = 0; a < basis.size(); a++) {
      for (int b = 0; b <= a; b++) {
        DMatrixRMaj products = basis.get(a).products(basis.get(b), blas);
        for (int i = 0; i < products.numRows; i++) {
          for (int j = 0; j < products.numCols; j++) {
            double off = products.get(i, j) - (a == b && i == j ? 1 : 0);
            square += (a == b ? 1 : 2) * off * off;
          }
        }
      }
      norms += basis.get(a).square();
    }
    double length = basis.isEmpty() ? 0 : basis.get(0).length();
    return Math.sqrt(square) + (length + 8) * Math.ulp(1.0) * norms;
  }

  /** ‖Ĝ‖_F. */
  double norm() {
    return Math.sqrt(basis.stream().mapToDouble(Directions::square).sum());
  }
}
