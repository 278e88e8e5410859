package io.eigensweep.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The unit cube in the spellings that programs give the formats. */
class MeshDialectsTest {
  private static final TriangleMesh CUBE = Shapes.box(0, 1);
  private static final String MARK = "\u00EF\u00BB\u00BF";

  /** OBJ, each line with what stands before, between and after its numbers. */
  private static String obj(String vertex, String afterPosition, String face, String afterIndex) {
    StringBuilder text = new StringBuilder();
    for (int v = 0; v < 8; v++) {
      text.append(vertex).append(position(v)).append(afterPosition).append('\n');
    }
    for (int t = 0; t < 12; t++) {
      text.append(face);
      for (int corner = 0; corner < 3; corner++) {
        text.append(' ').append(CUBE.triangles()[3 * t + corner] + 1).append(afterIndex);
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String position(int v) {
    double[] x = CUBE.vertices();
    return " " + (int) x[3 * v] + ' ' + (int) x[3 * v + 1] + ' ' + (int) x[3 * v + 2];
  }

  /** What OFF and PLY have after their headers. */
  private static String body(String afterPosition) {
    StringBuilder text = new StringBuilder();
    for (int v = 0; v < 8; v++) {
      text.append(position(v)).append(afterPosition).append('\n');
    }
    for (int t = 0; t < 12; t++) {
      int[] i = CUBE.triangles();
      text.append("3 ").append(i[3 * t]).append(' ').append(i[3 * t + 1]).append(' ');
      text.append(i[3 * t + 2]).append('\n');
    }
    return text.toString();
  }

  private static String ply(String properties, String afterPosition) {
    return "ply\nformat ascii 1.0\nelement vertex 8\nproperty float x\nproperty float y\n"
        + "property float z\n"
        + properties
        + "element face 12\nproperty list uchar int vertex_indices\nend_header\n"
        + body(afterPosition);
  }

  private static String stl(String end) {
    StringBuilder text = new StringBuilder("solid cube\n");
    for (int t = 0; t < 12; t++) {
      text.append(" facet normal 0 0 0\n  outer loop\n");
      for (int corner = 0; corner < 3; corner++) {
        text.append("   vertex").append(position(CUBE.triangles()[3 * t + corner])).append('\n');
      }
      text.append("  endloop\n endfacet\n");
    }
    return text + end;
  }

  private static Stream<Arguments> cubes() {
    String colours = "property uchar red\nproperty uchar green\nproperty uchar blue\n";
    UnaryOperator<String> capitals = text -> text.toUpperCase(Locale.ROOT);
    return Stream.of(
        Arguments.of("STL in capitals", capitals.apply(stl("endsolid cube\n"))),
        Arguments.of("STL, end solid", stl("end solid cube\n")),
        Arguments.of("STL, end without a name", stl("endsolid")),
        Arguments.of("STL with a line and an end of file after its end", stl("endsolid\n\n\u001a")),
        Arguments.of("STL of two solids", stl("endsolid cube\nsolid none\nendsolid none\n")),
        Arguments.of("STL after empty lines", "\r\n  \r\n" + stl("endsolid\n")),
        Arguments.of("OBJ with a mark", MARK + "mtllib a.mtl\ng _0\n" + obj("v", "", "f", "")),
        Arguments.of("OBJ in capitals", obj("V", "", "F", "")),
        Arguments.of("OBJ after comments", "\n# a\n\t# b\n" + obj("  v", "", "\tf", "")),
        Arguments.of("OBJ with weights", obj("v", " 1.0", "f", "")),
        Arguments.of("OBJ with colours", obj("v", " 0.5 0.25 1", "f", "")),
        Arguments.of("OBJ with normals", "vn 0 0 1\n" + obj("v", "", "f", "//1")),
        Arguments.of("OBJ with textures", "vt 0 0\n" + obj("v", "", "f", "/1")),
        Arguments.of("OBJ, lines that go on", obj("v \\\n", "", "f \\\n \\\n", " \\\n")),
        Arguments.of("OBJ that begins with an old keyword", "deg 1 1\n" + obj("v", "", "f", "")),
        Arguments.of("OBJ with exponents", obj("v", "", "f", "").replace("v 1 ", "v +1.0E+00 ")),
        Arguments.of("OFF of ModelNet", "OFF8 12 0\n" + body("")),
        Arguments.of("OFF with counts on the line", "OFF 8 12 0\n" + body("")),
        Arguments.of("OFF of two counts", "off\n8 12\n" + body("")),
        Arguments.of("OFF with a mark", MARK + "OFF\n8 12 18\n" + body("")),
        Arguments.of("OFF with colours", "COFF\n8 12 18\n" + body(" 255 0 0 255")),
        Arguments.of("OFF with colours, counts on the line", "COFF8 12 18\n" + body(" 1 0 0 1")),
        Arguments.of("OFF with normals", "NOFF\n8 12 18\n" + body(" 0 0 1")),
        Arguments.of("OFF with textures", "STOFF\n8 12 18\n" + body(" 0.5 0.5")),
        Arguments.of("OFF with both", "CNOFF\n8 12 18\n" + body(" 0 0 1 9 9 9 9")),
        Arguments.of("PLY in capitals", capitals.apply(ply("", ""))),
        Arguments.of("PLY with a mark", MARK + ply("", "")),
        Arguments.of("PLY after an empty line", "\n" + ply("", "")),
        Arguments.of(
            "PLY with blanks after its first word", ply("", "").replace("ply\n", "ply \n")),
        Arguments.of("PLY, whole colours with a point", ply(colours, " 255.0 128.0 0.0")),
        Arguments.of("PLY, real colours called whole", ply(colours, " 0.188808 5e-1 1.0")),
        Arguments.of(
            "PLY with normals that are none",
            ply("property float nx\nproperty float ny\n", " nan(ind) -1.#INF")),
        Arguments.of("PLY, curvature none", ply("property double curvature\n", " 1.#QNAN00")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cubes")
  void isReadAsACube(String what, String text) throws UnreadableMeshException {
    for (String end : new String[] {"\n", "\r\n", "\r"}) {
      StoredMesh stored =
          MeshReader.read(text.replace("\n", end).getBytes(StandardCharsets.ISO_8859_1));
      TriangleMesh mesh = stored.surface();
      assertThat(mesh.vertexCount()).as(what).isEqualTo(8);
      assertThat(mesh.area()).isCloseTo(6, within(1e-12));
      assertThat(mesh.volume()).isCloseTo(1, within(1e-12));
      assertThat(Placement.fitting(mesh, 0.1).scale()).isCloseTo(0.8, within(1e-15));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE"})
  void sixteenBitsALetterAreRefused(String charset) {
    byte[] bytes = obj("v", "", "f", "").getBytes(Charset.forName(charset));
    assertThatThrownBy(() -> MeshReader.read(bytes))
        .isInstanceOf(UnreadableMeshException.class)
        .hasMessage(
            "the file is UTF-16 text; allowed is UTF-8, of which the formats use ASCII alone");
  }

  /** Not a number, or far away: neither refuses the mesh nor shrinks it. */
  @ParameterizedTest
  @ValueSource(strings = {"nan nan nan", "10 0.5 0.5", "-inf 1e300 0"})
  void aVertexThatNoFaceUsesIsNoPartOfTheSurface(String unused) throws UnreadableMeshException {
    String text = obj("v", "", "f", "").replaceFirst("f", "v " + unused + "\nf");
    StoredMesh stored = MeshReader.read(text.getBytes(StandardCharsets.US_ASCII));
    assertThat(stored.mesh().vertexCount()).isEqualTo(9);
    TriangleMesh mesh = stored.surface();
    assertThat(mesh.vertexCount()).isEqualTo(8);
    assertThat(mesh.volume()).isCloseTo(1, within(1e-12));
    assertThat(Placement.fitting(mesh, 0.1)).isEqualTo(new Placement(0.5, 0.5, 0.5, 0.8));
  }

  /** A corner of a face without area, and a face that stands there twice. */
  @Test
  void facesThatAddNothingAreNoPartOfTheSurface() throws UnreadableMeshException {
    int[] i = CUBE.triangles();
    String again = "f " + (i[1] + 1) + ' ' + (i[2] + 1) + ' ' + (i[0] + 1) + '\n';
    String text = obj("v", "", "f", "") + again + "v 7 7 7\nf 1 9 9\nf 9 1 1 9\n";
    StoredMesh stored = MeshReader.read(text.getBytes(StandardCharsets.US_ASCII));
    assertThat(stored.mesh().triangleCount()).isEqualTo(16);
    TriangleMesh mesh = stored.surface();
    assertThat(mesh.triangles()).isEqualTo(CUBE.triangles());
    assertThat(mesh.vertices()).isEqualTo(CUBE.vertices());
  }
}
