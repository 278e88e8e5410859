package io.eigensweep.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files at the edge of their format: what is read of them, and why some are no surface all the
 * same. The columns: text, vertices, faces, dropped faces, triangles, area, bounds, refusal.
 */
class OddMeshesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "'v -.5 -.5 0\nv .5 -.5 0\nv .5 .5 0\nv -.5 .5 0\nf 0/0/0 1/1/0 3/3/0\nf 1/1/0 3/3/0 2/2/0'"
            + "@4@2@1@1@0.5@-0.5 -0.5 0.0 0.5 0.5 0.0@''",
        "'f -4 -3 -2'@0@1@1@0@0.0@NaN NaN NaN NaN NaN NaN@the file has 0 vertices and no face all"
            + " of whose vertices exist; a surface is wanted",
        "'v inf nan +inf\nv nan -nan -Inf\nv 3 NaN -NaN\nf 1 2 3'"
            + "@3@1@0@1@NaN@3.0 NaN -Infinity Infinity NaN Infinity"
            + "@vertex 0 is not finite: Infinity NaN Infinity",
        "'ply\n"
            + "format ascii 1.0\n"
            + "element vertex 2\n"
            + "property float x\n"
            + "property float y\n"
            + "property float z\n"
            + "element face 0\n"
            + "property list uchar int vertex_indices\n"
            + "end_header\n"
            + "1 2 3\n"
            + "-1 2 inf\n"
            + "'@2@0@0@0@0.0@-1.0 2.0 3.0 1.0 2.0 Infinity@the file has 2 vertices and no faces; a"
            + " surface is wanted",
        "'v 0 0 0\nv 1 0 0\nv 0 1 0\nv 5 5 5\nf 1 2 3\nf 1 1 3\nf 1 2 3 2'"
            + "@4@3@0@4@1.5@0.0 0.0 0.0 5.0 5.0 5.0@''",
        "'v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3 \\\n3 2\\\n 1\n'@3@1@0@4@1.0@0.0 0.0 0.0 1.0 1.0 0.0@''",
      })
  void holdsWhatIsThere(
      String text,
      int vertices,
      int faces,
      int dropped,
      int triangles,
      Double area,
      String bounds,
      String refusal)
      throws UnreadableMeshException {
    StoredMesh stored = MeshReader.read(text.getBytes(StandardCharsets.ISO_8859_1));

    TriangleMesh mesh = stored.mesh();
    assertThat(mesh.vertexCount()).isEqualTo(vertices);
    assertThat(stored.faces()).isEqualTo(faces);
    assertThat(stored.droppedFaces()).isEqualTo(dropped);
    assertThat(mesh.triangleCount()).isEqualTo(triangles);
    assertThat(mesh.area()).isEqualTo(area);
    StringBuilder box = new StringBuilder();
    for (double bound : mesh.bounds()) {
      box.append(' ').append(bound);
    }
    assertThat(box.substring(1)).isEqualTo(bounds);
    if (refusal.isEmpty()) {
      assertThat(stored.surface().area()).isPositive();
    } else {
      assertThatThrownBy(stored::surface)
          .isInstanceOf(UnreadableMeshException.class)
          .hasMessage(refusal);
    }
  }
}
