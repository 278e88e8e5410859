package io.eigensweep.ntk;

import io.eigensweep.linalg.Blas;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * k vectors in the space of a network's parameters, in parts: the weights and the biases of each
 * layer, the entries of each grid level.
 *
 * @param count k
 * @param parts each k × its numbers, the vectors as rows
 */
record Directions(int count, List<DMatrixRMaj> parts) {
  Directions {
    parts = List.copyOf(parts);
  }

  /** The numbers of one vector. */
  long length() {
    return parts.stream().mapToLong(part -> part.numCols).sum();
  }

  /** Inner products with the vectors of {@code other}: k × those of it. */
  DMatrixRMaj products(Directions other, Blas blas) {
    DMatrixRMaj products = new DMatrixRMaj(count, other.count);
    for (int part = 0; part < parts.size(); part++) {
      blas.multiply(1, parts.get(part), true, other.parts.get(part), 1, products);
    }
    return products;
  }

  /** Adds factor·C·other, C k × the vectors of {@code other}. */
  void add(double factor, DMatrixRMaj c, Directions other, Blas blas) {
    for (int part = 0; part < parts.size(); part++) {
      blas.multiply(factor, c, false, other.parts.get(part), 1, parts.get(part));
    }
  }

  /** C·this, for a C of k columns. */
  Directions combined(DMatrixRMaj c, Blas blas) {
    List<DMatrixRMaj> combined = new ArrayList<>();
    for (DMatrixRMaj part : parts) {
      DMatrixRMaj product = new DMatrixRMaj(c.numRows, part.numCols);
      blas.multiply(1, c, false, part, 0, product);
      combined.add(product);
    }
    return new Directions(c.numRows, combined);
  }

  /** Σ ‖vector‖² over all. */
  double square() {
    return parts.stream()
        .mapToDouble(p -> Arrays.stream(p.data, 0, p.getNumElements()).map(v -> v * v).sum())
        .sum();
  }
}
