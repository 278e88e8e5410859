package io.eigensweep.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.eigensweep.linalg.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The Stanford bunny and odd files of mesh libraries with what an independent reader found in them,
 * in the folder that the property {@code eigensweep.meshes} names. No part of the build: {@code mvn
 * test -Dtest=SampleMeshesCheck -Deigensweep.meshes=DIR}.
 */
class SampleMeshesCheck {
  private static final Path FOLDER = Path.of(System.getProperty("eigensweep.meshes", ""));

  @BeforeAll
  static void theFolderIsThere() {
    assertThat(System.getProperty("eigensweep.meshes"))
        .as("-Deigensweep.meshes=DIR, the folder of sample meshes")
        .isNotBlank();
    assertThat(FOLDER).isDirectory();
  }

  private static StoredMesh read(String name) throws IOException {
    return MeshReader.read(Files.readAllBytes(FOLDER.resolve(name)));
  }

  /** Rows of a table by tabulators, without its head, whose files are there. */
  private static List<String[]> rows(String table, String folder) throws IOException {
    List<String[]> rows = new ArrayList<>();
    for (String line : Files.readAllLines(FOLDER.resolve(table))) {
      String[] row = line.split("\t", -1);
      row[0] = folder + row[0].substring(row[0].lastIndexOf('/') + 1);
      if (Files.isRegularFile(FOLDER.resolve(row[0]))) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static void assertNumber(double actual, String expected) {
    double number =
        expected.endsWith("inf")
            ? (expected.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY)
            : expected.equals("nan") ? Double.NaN : Double.parseDouble(expected);
    if (Double.isFinite(number)) {
      assertThat(actual).isCloseTo(number, within(6e-6 * Math.abs(number) + 1e-9));
    } else {
      assertThat(Double.valueOf(actual)).isEqualTo(Double.valueOf(number));
    }
  }

  @Test
  void oddFilesHoldWhatTheTableSays() throws IOException {
    List<String[]> rows = rows("odd.expected.tsv", "odd/");
    assertThat(rows).hasSize(17);
    for (String[] row : rows) {
      if (row[1].startsWith("ERR")) {
        assertThatThrownBy(() -> read(row[0]))
            .as(row[0])
            .isInstanceOf(UnreadableMeshException.class);
        continue;
      }
      StoredMesh stored = read(row[0]);
      assertThat(stored.mesh().vertexCount()).as(row[0]).isEqualTo(Integer.parseInt(row[4]));
      assertThat(stored.faces()).as(row[0]).isEqualTo(Integer.parseInt(row[5]));
      assertThat(stored.mesh().triangleCount()).as(row[0]).isEqualTo(Integer.parseInt(row[6]));
      assertNumber(stored.mesh().area(), row[11]);
      assertNumber(stored.mesh().volume(), row[12]);
      String[] box = row[13].split(" ", -1);
      for (int i = 0; i < 6; i++) {
        assertNumber(stored.mesh().bounds()[i], box[i]);
      }
    }
  }

  @Test
  void theThreeShelvesAreOneMesh() throws IOException {
    TriangleMesh shelf = read("odd/platonic_shelf.ply").surface();
    assertThat(shelf.area()).isCloseTo(43.0602, within(5e-5));
    assertThat(shelf.volume()).isCloseTo(9.76105, within(5e-6));
    for (String other :
        List.of("odd/platonic_shelf_ascii.ply", "odd/platonic_shelf_big_endian.ply")) {
      TriangleMesh mesh = read(other).surface();
      assertThat(mesh.triangles()).isEqualTo(shelf.triangles());
      assertThat(mesh.vertices()).containsExactly(shelf.vertices(), within(1e-6));
    }
  }

  @Test
  void wholeMeshesAreReadAsTheTableSays() throws IOException {
    List<String[]> rows = rows("expected.tsv", "");
    assertThat(rows).hasSize(5);
    for (String[] row : rows) {
      TriangleMesh mesh = read(row[0]).mesh();
      assertThat(mesh.vertexCount()).isEqualTo(Integer.parseInt(row[1]));
      assertThat(mesh.triangleCount()).isEqualTo(Integer.parseInt(row[2]));
      assertNumber(mesh.area(), row[9]);
      assertNumber(mesh.volume(), row[10]);
    }
  }

  @Test
  void treeOfTheBunnyFindsWhatAllTrianglesGive() throws IOException {
    TriangleMesh stored = read("bun_zipper_res4.ply").surface();
    TriangleMesh bunny = Placement.fitting(stored, 0.1).apply(stored);
    SurfaceTreeTest.assertFindsTheNearest(bunny, 1000, 1e-12);
  }

  /** One placement for all, so that they are compared point by point. */
  @Test
  void threeBunniesHaveOneSignConvention() throws IOException {
    TriangleMesh stored = read("bun_zipper.ply").surface();
    Placement placement = Placement.fitting(stored, 0.1);
    List<TriangleMesh> bunnies = List.of(stored, stored.reversed(), read("bunny.off").surface());
    int points = 20_000;
    boolean[][] inside = new boolean[3][points];
    for (int b = 0; b < 3; b++) {
      WindingNumber.Query winding =
          new WindingNumber(new SurfaceTree(placement.apply(bunnies.get(b)))).query();
      RandomStream random = RandomStream.of("test", 1);
      int ambiguous = 0;
      for (int i = 0; i < points; i++) {
        double w =
            Math.abs(winding.at(random.nextDouble(), random.nextDouble(), random.nextDouble()));
        inside[b][i] = w >= 0.5;
        ambiguous += Math.abs(w - 0.5) < 0.25 ? 1 : 0;
      }
      assertThat((double) ambiguous / points).isLessThan(0.002);
      for (double far : new double[] {-1e3, -3, 4, 1e6}) {
        assertThat(Math.abs(winding.at(far, 0.5, 0.5))).isLessThan(0.01);
        assertThat(Math.abs(winding.at(far, far, far))).isLessThan(0.01);
      }
    }
    assertThat(inside[1]).isEqualTo(inside[0]);
    assertThat(io.eigensweep.metric.Overlap.of(inside[0], inside[2]).orElseThrow())
        .isGreaterThanOrEqualTo(0.99);
  }
}
