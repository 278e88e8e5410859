package io.eigensweep.ntk;

import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.Cholesky;
import io.eigensweep.linalg.RandomStream;
import io.eigensweep.network.ForwardPass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.TriangularSolver_DDRM;

/**
 * Cholesky factors of the kernels of tiles of neighbouring points, each point in one tile: what
 * stands for the inverse of a kernel over all of them. Tiles are halved along the longer of their
 * axes until they are small enough. Nothing is proved of the solutions.
 */
final class TileFactors {
  /** Steps of inverse iteration towards a tile's smallest eigenvector. */
  private static final int STEPS = 3;

  /** Of a tile where nothing that is trained moves the outputs; its square is a number. */
  private static final double LEAST_SHIFT = 1e-100;

  private final List<Tile> tiles;
  private final int rows;

  /**
   * @param rows of the whole kernel, ascending
   * @param factor L of the tile's kernel
   */
  @SuppressWarnings("ArrayRecordComponent") // read by inner loops; never compared
  private record Tile(int[] rows, DMatrixRMaj factor) {

    void solve(double[] right) {
      TriangularSolver_DDRM.solveL(factor.data, right, rows.length);
      TriangularSolver_DDRM.solveTranL(factor.data, right, rows.length);
    }
  }

  private TileFactors(List<Tile> tiles, int rows) {
    this.tiles = tiles;
    this.rows = rows;
  }

  /**
   * Factors of tiles of at most {@code size} rows.
   *
   * @param betweenStages runs after each tile, and may throw to end it
   */
  static TileFactors of(AllPoints all, int size, Blas blas, Runnable betweenStages) {
    List<int[]> parts = new ArrayList<>();
    int[] every = IntStream.range(0, all.points().count()).toArray();
    halve(all, every, Math.max(1, size / all.rowsPerPoint()), parts);
    List<Tile> tiles = new ArrayList<>();
    for (int[] points : parts) {
      tiles.add(new Tile(rows(points, all.rowsPerPoint()), factor(all.select(points), blas)));
      betweenStages.run();
    }
    return new TileFactors(tiles, all.rows());
  }

  private static void halve(AllPoints all, int[] points, int size, List<int[]> parts) {
    if (points.length <= size) {
      int[] sorted = points.clone();
      Arrays.sort(sorted);
      parts.add(sorted);
      return;
    }
    int longest = 0;
    double most = -1;
    for (int axis = 0; axis < all.dimensions(); axis++) {
      double least = Double.POSITIVE_INFINITY;
      double greatest = Double.NEGATIVE_INFINITY;
      for (int point : points) {
        least = Math.min(least, all.coordinate(point, axis));
        greatest = Math.max(greatest, all.coordinate(point, axis));
      }
      if (greatest - least > most) {
        most = greatest - least;
        longest = axis;
      }
    }
    int along = longest;
    int[] sorted =
        Arrays.stream(points)
            .boxed()
            .sorted(Comparator.comparingDouble(point -> all.coordinate(point, along)))
            .mapToInt(Integer::intValue)
            .toArray();
    int half = points.length / 2;
    halve(all, Arrays.copyOf(sorted, half), size, parts);
    halve(all, Arrays.copyOfRange(sorted, half, sorted.length), size, parts);
  }

  private static int[] rows(int[] points, int rowsPerPoint) {
    return Arrays.stream(points)
        .flatMap(point -> IntStream.range(point * rowsPerPoint, (point + 1) * rowsPerPoint))
        .toArray();
  }

  private static DMatrixRMaj factor(AllPoints tile, Blas blas) {
    ForwardPass pass = ForwardPass.of(tile.network(), tile.parameters(), tile.points(), blas);
    DMatrixRMaj kernel =
        KernelBuilder.build(JacobianFactors.of(pass, tile.outputs(), blas), blas).total();
    double trace = SpectrumBuilder.trace(kernel);
    if (!Double.isFinite(trace)) {
      throw new ArithmeticException("the kernel of a tile of points is not finite");
    }
    double shift = Math.max(LEAST_SHIFT, Math.ulp(1.0) * kernel.numRows * trace);
    DMatrixRMaj factor = Cholesky.lower(kernel, shift, blas);
    while (factor == null) {
      shift *= 100;
      factor = Cholesky.lower(kernel, shift, blas);
    }
    return factor;
  }

  /** Replaces each column of {@code right} by the tiles' solutions. */
  void solve(DMatrixRMaj right) {
    for (Tile tile : tiles) {
      double[] part = new double[tile.rows().length];
      for (int j = 0; j < right.numCols; j++) {
        for (int i = 0; i < part.length; i++) {
          part[i] = right.data[tile.rows()[i] * right.numCols + j];
        }
        tile.solve(part);
        for (int i = 0; i < part.length; i++) {
          right.data[tile.rows()[i] * right.numCols + j] = part[i];
        }
      }
    }
  }

  /**
   * Near the smallest eigenvectors of the k tiles whose smallest eigenvalues are least: M × k, each
   * zero outside its tile.
   */
  DMatrixRMaj smallest(int k) {
    @SuppressWarnings("ArrayRecordComponent") // sorted by its eigenvalue; never compared
    record Found(Tile tile, double[] vector, double eigenvalue) {}

    List<Found> found = new ArrayList<>();
    RandomStream random = RandomStream.of("ntk/tiles", rows);
    for (Tile tile : tiles) {
      double[] vector = new double[tile.rows().length];
      Arrays.setAll(vector, i -> random.nextGaussian());
      double norm = normalise(vector);
      for (int step = 0; step < STEPS; step++) {
        tile.solve(vector);
        norm = normalise(vector);
      }
      found.add(new Found(tile, vector, 1 / norm));
    }
    List<Found> least =
        found.stream().sorted(Comparator.comparingDouble(Found::eigenvalue)).limit(k).toList();
    DMatrixRMaj vectors = new DMatrixRMaj(rows, least.size());
    for (int j = 0; j < least.size(); j++) {
      Found one = Objects.requireNonNull(least.get(j));
      for (int i = 0; i < one.vector().length; i++) {
        vectors.set(one.tile().rows()[i], j, one.vector()[i]);
      }
    }
    return vectors;
  }

  private static double normalise(double[] vector) {
    double square = 0;
    for (double x : vector) {
      square += x * x;
    }
    double norm = Math.sqrt(square);
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= norm;
    }
    return norm;
  }
}
