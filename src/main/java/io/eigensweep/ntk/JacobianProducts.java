package io.eigensweep.ntk;

import io.eigensweep.encoding.EncodedPoints;
import io.eigensweep.encoding.Stencils;
import io.eigensweep.linalg.Blas;
import io.eigensweep.network.ForwardPass;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * Products with J and Jᵀ of a network on any number of points, for all its layers and some of its
 * grid levels. The factors of J are made anew for some points at a time, so that memory does not
 * grow with the points, and serve several vectors at once.
 *
 * <p>Each entry of J·G is wrong by {@link #unit}·‖J_r‖‖g‖ at most (Higham 2002, §3.1), each of Jᵀv
 * by {@link #unit} of the norms.
 */
final class JacobianProducts {
  /** Points whose factors are in memory at a time. */
  static final int CHUNK = 1024;

  /** Columns of the widest product. */
  static final int WIDEST = 2048;

  private final AllPoints all;
  private final List<Integer> levels;
  private final Blas blas;
  private final Runnable betweenStages;

  /**
   * Products for the layers and these levels.
   *
   * @param betweenStages runs before each chunk, and may throw to end it
   */
  JacobianProducts(AllPoints all, List<Integer> levels, Blas blas, Runnable betweenStages) {
    this.all = all;
    this.levels = List.copyOf(levels);
    this.blas = blas;
    this.betweenStages = betweenStages;
  }

  /** What is done with some points' factors. */
  @FunctionalInterface
  interface Action {
    /**
     * Does it.
     *
     * @param from the first of the points
     */
    void accept(int from, ForwardPass pass, JacobianFactors factors);
  }

  /** Has {@code action} see the factors of every point, all levels, some points at a time. */
  void forEachChunk(Action action) {
    int count = all.points().count();
    for (int from = 0; from < count; from += CHUNK) {
      betweenStages.run();
      int[] rows = IntStream.range(from, Math.min(count, from + CHUNK)).toArray();
      EncodedPoints points = all.points().select(rows);
      ForwardPass pass = ForwardPass.of(all.network(), all.parameters(), points, blas);
      action.accept(from, pass, JacobianFactors.of(pass, all.outputs(), blas));
    }
  }

  private JacobianFactors chosen(JacobianFactors factors) {
    return factors.of(IntStream.range(0, factors.layers().size()).boxed().toList(), levels);
  }

  /** What an entry of a product is wrong by, relative to the norms of what is multiplied. */
  double unit() {
    EncodedPoints points = all.points();
    int channels = all.parameters().channels();
    long longest = 0;
    for (DMatrixRMaj w : all.parameters().weights()) {
      longest = Math.max(longest, w.numCols + (long) w.numRows * channels);
    }
    // Entries of a grid's part of Jᵀv sum over all rows that read a node, which may be any.
    long summed = levels.isEmpty() ? CHUNK * (long) all.rowsPerPoint() : all.rows();
    int stencils = points.levels().stream().mapToInt(Stencils::perPoint).max().orElse(0);
    long grids = (long) stencils * points.features() * channels;
    long terms = Math.max(longest, summed + points.count() / CHUNK) + grids + 64;
    return terms * Math.ulp(1.0);
  }

  /** JᵀV for the vectors that are the columns of {@code v}. */
  Directions transposed(DMatrixRMaj v) {
    List<DMatrixRMaj> parts = new ArrayList<>();
    forEachChunk(
        (from, pass, whole) -> {
          JacobianFactors factors = chosen(whole);
          if (parts.isEmpty()) {
            parts.addAll(zeros(factors, v.numCols));
          }
          int part = 0;
          for (JacobianFactors.Layer layer : factors.layers()) {
            boolean bias = layer.scale().bias() > 0;
            addTransposed(factors, layer, from, v, parts.subList(part, part + (bias ? 2 : 1)));
            part += bias ? 2 : 1;
          }
          for (JacobianFactors.Level level : factors.levels()) {
            addTransposed(factors, level, from, v, parts.get(part++));
          }
        });
    return new Directions(v.numCols, parts);
  }

  private static List<DMatrixRMaj> zeros(JacobianFactors factors, int k) {
    List<DMatrixRMaj> parts = new ArrayList<>();
    for (JacobianFactors.Layer layer : factors.layers()) {
      int units = layer.delta().numCols;
      parts.add(new DMatrixRMaj(k, Math.multiplyExact(units, layer.input().numCols)));
      if (layer.scale().bias() > 0) {
        parts.add(new DMatrixRMaj(k, units));
      }
    }
    for (JacobianFactors.Level level : factors.levels()) {
      int length = Math.multiplyExact(level.stencils().nodeCount(), level.gradient().numCols);
      parts.add(new DMatrixRMaj(k, length));
    }
    return parts;
  }

  /** κ·s·Σ_i (Σ_c v_ic·δ_ic) ⊗ a_i and κ·t·Σ_ic v_ic·δ_ic. */
  private void addTransposed(
      JacobianFactors factors,
      JacobianFactors.Layer layer,
      int from,
      DMatrixRMaj v,
      List<DMatrixRMaj> parts) {
    int n = factors.points();
    int o = factors.rowsPerPoint();
    int units = layer.delta().numCols;
    int inputs = layer.input().numCols;
    int step = Math.max(1, WIDEST / units);
    for (int first = 0; first < v.numCols; first += step) {
      int k = Math.min(step, v.numCols - first);
      double[] weighted = new double[Math.multiplyExact(n, k * units)];
      for (int row = 0; row < n * o; row++) {
        int at = row / o * k * units;
        for (int j = 0; j < k; j++) {
          double factor = v.data[(from * o + row) * v.numCols + first + j];
          for (int unit = 0; unit < units; unit++) {
            weighted[at + j * units + unit] += factor * layer.delta().data[row * units + unit];
          }
        }
      }
      blas.dgemm(
          true,
          false,
          k * units,
          inputs,
          n,
          factors.scale() * layer.scale().weight(),
          weighted,
          0,
          k * units,
          layer.input().data,
          0,
          inputs,
          1,
          parts.get(0).data,
          first * units * inputs,
          inputs);
      if (parts.size() > 1) {
        double t = factors.scale() * layer.scale().bias();
        double[] biases = parts.get(1).data;
        for (int i = 0; i < n; i++) {
          for (int unit = 0; unit < k * units; unit++) {
            biases[first * units + unit] += t * weighted[i * k * units + unit];
          }
        }
      }
    }
  }

  private static void addTransposed(
      JacobianFactors factors,
      JacobianFactors.Level level,
      int from,
      DMatrixRMaj v,
      DMatrixRMaj part) {
    int o = factors.rowsPerPoint();
    int g = level.gradient().numCols;
    int perPoint = level.stencils().perPoint();
    for (int row = 0; row < factors.rows(); row++) {
      for (int entry = row / o * perPoint; entry < (row / o + 1) * perPoint; entry++) {
        double weight = factors.scale() * level.stencils().weights()[entry];
        int node = level.stencils().nodes()[entry] * g;
        for (int j = 0; j < v.numCols; j++) {
          double factor = weight * v.data[(from * o + row) * v.numCols + j];
          for (int i = 0; i < g; i++) {
            part.data[j * part.numCols + node + i] += factor * level.gradient().data[row * g + i];
          }
        }
      }
    }
  }

  /** J·g for each of the vectors: M × k. */
  DMatrixRMaj times(Directions directions) {
    DMatrixRMaj product = new DMatrixRMaj(all.rows(), directions.count());
    forEachChunk(
        (from, pass, whole) -> {
          JacobianFactors factors = chosen(whole);
          int part = 0;
          for (JacobianFactors.Layer layer : factors.layers()) {
            boolean bias = layer.scale().bias() > 0;
            addTimes(
                factors,
                layer,
                from,
                directions.parts().subList(part, part + (bias ? 2 : 1)),
                product);
            part += bias ? 2 : 1;
          }
          for (JacobianFactors.Level level : factors.levels()) {
            addTimes(factors, level, from, directions.parts().get(part++), product);
          }
        });
    return product;
  }

  /** κ·δ_ic·(s·D·a_i + t·d). */
  private void addTimes(
      JacobianFactors factors,
      JacobianFactors.Layer layer,
      int from,
      List<DMatrixRMaj> parts,
      DMatrixRMaj product) {
    int n = factors.points();
    int o = factors.rowsPerPoint();
    int units = layer.delta().numCols;
    int inputs = layer.input().numCols;
    int step = Math.max(1, WIDEST / units);
    for (int first = 0; first < product.numCols; first += step) {
      int k = Math.min(step, product.numCols - first);
      double[] moved = new double[Math.multiplyExact(n, k * units)];
      if (parts.size() > 1) {
        double t = factors.scale() * layer.scale().bias();
        for (int i = 0; i < moved.length; i++) {
          moved[i] = t * parts.get(1).data[first * units + i % (k * units)];
        }
      }
      blas.dgemm(
          false,
          true,
          n,
          k * units,
          inputs,
          factors.scale() * layer.scale().weight(),
          layer.input().data,
          0,
          inputs,
          parts.get(0).data,
          first * units * inputs,
          inputs,
          1,
          moved,
          0,
          k * units);
      for (int row = 0; row < n * o; row++) {
        for (int j = 0; j < k; j++) {
          int at = (row / o * k + j) * units;
          double sum = 0;
          for (int unit = 0; unit < units; unit++) {
            sum += layer.delta().data[row * units + unit] * moved[at + unit];
          }
          product.data[(from * o + row) * product.numCols + first + j] += sum;
        }
      }
    }
  }

  private static void addTimes(
      JacobianFactors factors,
      JacobianFactors.Level level,
      int from,
      DMatrixRMaj part,
      DMatrixRMaj product) {
    int o = factors.rowsPerPoint();
    int g = level.gradient().numCols;
    int perPoint = level.stencils().perPoint();
    for (int row = 0; row < factors.rows(); row++) {
      for (int entry = row / o * perPoint; entry < (row / o + 1) * perPoint; entry++) {
        double weight = factors.scale() * level.stencils().weights()[entry];
        int node = level.stencils().nodes()[entry] * g;
        for (int j = 0; j < product.numCols; j++) {
          double sum = 0;
          for (int i = 0; i < g; i++) {
            sum += level.gradient().data[row * g + i] * part.data[j * part.numCols + node + i];
          }
          product.data[(from * o + row) * product.numCols + j] += weight * sum;
        }
      }
    }
  }
}
