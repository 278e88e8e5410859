package io.eigensweep.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eigensweep.linalg.RandomStream;
import io.eigensweep.mesh.MarchingCubes;
import io.eigensweep.mesh.Shapes;
import io.eigensweep.mesh.SurfaceTree;
import io.eigensweep.mesh.TriangleMesh;
import io.eigensweep.mesh.UnreadableMeshException;
import io.eigensweep.mesh.WindingNumber;
import io.eigensweep.metric.Overlap;
import io.eigensweep.metric.SurfaceDistance;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Surfaces with a formula, their meshes and their extracted fields, ever finer. */
class SurfaceRefinementTest {
  private static final int POINTS = 4000;

  /** A shape's signed distance, positive inside, and its mesh. */
  private record Shape(String name, Field field, IntFunction<TriangleMesh> mesh) {}

  private interface Field {
    double at(double x, double y, double z);
  }

  private static final Shape SPHERE =
      new Shape(
          "sphere",
          (x, y, z) -> 0.35 - Math.hypot(Math.hypot(x - 0.5, y - 0.5), z - 0.5),
          n -> Shapes.sphere(0.35, n));

  private static final Shape TORUS =
      new Shape(
          "torus",
          (x, y, z) -> 0.12 - Math.hypot(Math.hypot(x - 0.5, y - 0.5) - 0.3, z - 0.5),
          n -> Shapes.torus(0.3, 0.12, 4 * n));

  private static final Shape BOX =
      new Shape(
          "box",
          (x, y, z) ->
              1.0 / 6 - Math.max(Math.abs(x - 0.5), Math.max(Math.abs(y - 0.5), Math.abs(z - 0.5))),
          n -> Shapes.box(1.0 / 3, 2.0 / 3));

  private static SurfaceTree extracted(Shape shape, int cells) {
    int side = cells + 1;
    float[] values = new float[side * side * side];
    for (int at = 0; at < values.length; at++) {
      int row = at / side;
      values[at] =
          (float)
              shape.field.at(
                  at % side / (double) cells,
                  row % side / (double) cells,
                  Math.floorDiv(row, side) / (double) cells);
    }
    return new SurfaceTree(MarchingCubes.extract(values, cells, 0));
  }

  /** 1 − IoU of the inside of a mesh and that of the formula, on random points. */
  private static double missing(Shape shape, SurfaceTree mesh) {
    WindingNumber.Query winding = new WindingNumber(mesh).query();
    RandomStream random = RandomStream.of("test", 1);
    boolean[] truth = new boolean[25 * POINTS];
    boolean[] found = new boolean[truth.length];
    for (int i = 0; i < truth.length; i++) {
      double x = random.nextDouble();
      double y = random.nextDouble();
      double z = random.nextDouble();
      truth[i] = shape.field.at(x, y, z) > 0;
      found[i] = Math.abs(winding.at(x, y, z)) >= 0.5;
    }
    return 1 - Overlap.of(truth, found).orElseThrow();
  }

  private static SurfaceTree tree(TriangleMesh mesh) {
    return new SurfaceTree(mesh);
  }

  private static SurfaceDistance distance(SurfaceTree one, SurfaceTree other)
      throws UnreadableMeshException {
    return SurfaceComparison.of(one, other, POINTS, 1);
  }

  /** Chords of length h leave a smooth surface by O(h²), and turn its normal by O(h). */
  @Test
  void finerMeshesOfSmoothShapesConvergeWithTheSecondOrder() throws UnreadableMeshException {
    for (Shape shape : List.of(SPHERE, TORUS)) {
      assertIsSecondOrder(shape, tree(shape.mesh.apply(4)), tree(shape.mesh.apply(16)));
    }
  }

  @Test
  void finerMarchingCubesOfSmoothShapesConvergeWithTheSecondOrder() throws UnreadableMeshException {
    for (Shape shape : List.of(SPHERE, TORUS)) {
      assertIsSecondOrder(shape, extracted(shape, 16), extracted(shape, 64));
    }
  }

  /** The factors between two surfaces, one of four times the resolution. */
  private static void assertIsSecondOrder(Shape shape, SurfaceTree coarse, SurfaceTree fine)
      throws UnreadableMeshException {
    SurfaceTree exact = tree(shape.mesh.apply(96));
    SurfaceDistance large = distance(coarse, exact);
    SurfaceDistance small = distance(fine, exact);
    assertThat(large.chamferL1() / small.chamferL1()).as(shape.name).isBetween(12.0, 24.0);
    assertThat(large.chamferL2() / small.chamferL2()).as(shape.name).isBetween(150.0, 500.0);
    assertThat((1 - large.normalConsistency()) / (1 - small.normalConsistency()))
        .as(shape.name)
        .isBetween(12.0, 24.0);
    assertThat(missing(shape, coarse) / missing(shape, fine)).as(shape.name).isBetween(10.0, 26.0);
    assertThat(small.fScore()).isEqualTo(1);
  }

  /**
   * Marching cubes cut a box's edges off: a strip of width O(h) is O(h) away and has another
   * normal. A third lies at the same place of its cell in lattices of n and 4n cells.
   */
  @Test
  void finerMarchingCubesOfABoxConvergeButForTheNormalsOfItsEdges() throws UnreadableMeshException {
    SurfaceTree exact = tree(BOX.mesh.apply(1));
    SurfaceTree coarse = extracted(BOX, 16);
    SurfaceTree fine = extracted(BOX, 64);
    SurfaceDistance large = distance(coarse, exact);
    SurfaceDistance small = distance(fine, exact);
    assertThat(large.chamferL1() / small.chamferL1()).isBetween(11.0, 22.0);
    assertThat(large.chamferL2() / small.chamferL2()).isBetween(40.0, 100.0);
    assertThat((1 - large.normalConsistency()) / (1 - small.normalConsistency()))
        .isBetween(3.0, 6.0);
    assertThat(missing(BOX, coarse) / missing(BOX, fine)).isBetween(8.0, 30.0);
    assertThat(missing(BOX, exact)).isZero();
  }

  /** Of two shapes of which one is the other made thicker by δ everywhere. */
  @Test
  void shellsHaveTheDistancesAndOverlapsOfTheirFormulas() throws UnreadableMeshException {
    double shell = 0.02;
    SurfaceTree inner = tree(Shapes.sphere(0.3, 48));
    SurfaceDistance balls = distance(tree(Shapes.sphere(0.3 + shell, 48)), inner);
    assertThat(balls.chamferL1()).isCloseTo(shell, within(1e-4));
    assertThat(balls.chamferL2()).isCloseTo(shell * shell, within(4e-6));
    assertThat(balls.fScore()).isZero();
    assertThat(balls.normalConsistency()).isCloseTo(1, within(1e-3));
    assertThat(distance(tree(Shapes.sphere(0.305, 48)), inner).fScore()).isEqualTo(1);
    Shape thick =
        new Shape(
            "thick",
            (x, y, z) -> 0.3 + shell - Math.hypot(Math.hypot(x - 0.5, y - 0.5), z - 0.5),
            n -> Shapes.sphere(0.3, n));
    assertThat(1 - missing(thick, inner)).isCloseTo(Math.pow(0.3 / 0.32, 3), within(0.01));

    SurfaceDistance rings =
        distance(tree(Shapes.torus(0.3, 0.1 + shell, 160)), tree(Shapes.torus(0.3, 0.1, 160)));
    assertThat(rings.chamferL1()).isCloseTo(shell, within(2e-4));
    assertThat(rings.normalConsistency()).isCloseTo(1, within(1e-3));

    double side = 0.5 + 2 * shell;
    SurfaceDistance boxes =
        distance(tree(Shapes.box(0.2 - shell, 0.7 + shell)), tree(Shapes.box(0.2, 0.7)));
    double squares = shell * shell + 2 * shell * shell * shell / (3 * side);
    assertThat(boxes.chamferL2()).isCloseTo(squares, within(1e-6));
  }
}
