package io.eigensweep.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeshReaderTest {
  private static final String TETRAHEDRON_PLY =
      """
      format ascii 1.0
      comment faces first, with a list and a value that nobody wants
      obj_info made by hand
      element face 2
      property uchar flags
      property list uchar uint vertex_indices
      property list uchar float uv
      element vertex 5
      property float nx
      property double z
      property float x
      property short y
      element edge 1
      property int a
      end_header
      7 3 0 2 1 2 0.5 0.5
      7 4 0 1 3 4 0
      0 0 0 0   0 0 1 0   0 0 0 1
      0 1 0 0   0 1 1 0
      9
      """;

  private static TriangleMesh read(String text) throws UnreadableMeshException {
    return stored(text).surface();
  }

  private static StoredMesh stored(String text) throws UnreadableMeshException {
    return MeshReader.read(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void plyTakesAnyOrderOfElementsAndProperties() throws UnreadableMeshException {
    TriangleMesh mesh = read("ply\n" + TETRAHEDRON_PLY);
    assertThat(mesh.vertices()).containsExactly(0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 1);
    assertThat(mesh.triangles()).containsExactly(0, 2, 1, 0, 1, 3, 0, 3, 4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void lineEndsOfEverySortAreRead(String end) throws UnreadableMeshException {
    assertThat(read(("ply\n" + TETRAHEDRON_PLY).replace("\n", end)).triangleCount()).isEqualTo(3);
    String obj = "v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n";
    assertThat(read(obj.replace("\n", end)).triangleCount()).isEqualTo(1);
    String off = "OFF\n3 1 0\n0 0 0\n1 0 0\n0 1 0\n3 0 1 2\n";
    assertThat(read(off.replace("\n", end)).triangleCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "LITTLE_ENDIAN, '\n'",
    "LITTLE_ENDIAN, '\r\n'",
    "BIG_ENDIAN, '\n'",
    "BIG_ENDIAN, '\r\n'"
  })
  void binaryPlyIsReadInBothOrders(String order, String end) throws UnreadableMeshException {
    String header =
        "ply\nformat binary_"
            + order.toLowerCase(java.util.Locale.ROOT)
            + " 1.0\nelement vertex 3\nproperty float x\nproperty double y\nproperty char z\n"
            + "element face 1\nproperty list ushort short vertex_index\nproperty uint id\n"
            + "end_header"
            + end;
    ByteBuffer bytes = ByteBuffer.allocate(header.length() + 3 * 13 + 12);
    bytes.order(order.startsWith("L") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    bytes.put(header.getBytes(StandardCharsets.US_ASCII));
    for (int v = 0; v < 3; v++) {
      bytes.putFloat(v == 1 ? 2.5f : 0).putDouble(v == 2 ? 1e-3 : 0).put((byte) -v);
    }
    bytes.putShort((short) 3).putShort((short) 0).putShort((short) 1).putShort((short) 2);
    bytes.putInt(-1);
    TriangleMesh mesh = MeshReader.read(bytes.array()).surface();
    assertThat(mesh.vertices()).containsExactly(0, 0, 0, 2.5, 0, -1, 0, 1e-3, -2);
    assertThat(mesh.triangles()).containsExactly(0, 1, 2);
  }

  /** 0x0a is the first byte of the body, and no line end. */
  @Test
  void aBodyMayStartWithTheByteOfALineEnd() throws UnreadableMeshException {
    String header =
        """
        ply
        format binary_little_endian 1.0
        element vertex 3
        property uchar x
        property uchar y
        property uchar z
        element face 1
        property list uchar uchar vertex_index
        end_header
        """;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(new byte[] {10, 0, 0, 13, 1, 0, 0, 0, 1, 3, 0, 1, 2});
    assertThat(MeshReader.read(bytes.toByteArray()).mesh().vertices())
        .containsExactly(10, 0, 0, 13, 1, 0, 0, 0, 1);
  }

  @Test
  void objIndicesCountFromOneOrBackwards() throws UnreadableMeshException {
    StoredMesh stored =
        stored(
            """
            # a comment
            mtllib none.mtl
            v 0 0 0 1 0.5 0.5
            v 1 0 0
            vt 0 0
            vn 0 0 1
            v 0 1 0
            f -3/1/1 -2//1 -1/1
            v 0 0 1   # another
            f 1 2/1 \\
              4//1
            f 1 2 3 -1
            """);
    TriangleMesh mesh = stored.mesh();
    assertThat(mesh.triangles()).containsExactly(0, 1, 2, 0, 1, 3, 0, 1, 2, 0, 2, 3);
    assertThat(mesh.vertexCount()).isEqualTo(4);
  }

  @Test
  void offIgnoresColoursAndComments() throws UnreadableMeshException {
    TriangleMesh mesh =
        read(
            "# c\nCOFF 4 2 0\n\n0 0 0 255 0 0 1 # c\n1 0 0 1\n0 1 0\n0 0 1\n3 0 1 2 9 9 9\n3 0 1 3");
    assertThat(mesh.vertices()).containsExactly(0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1);
    assertThat(mesh.triangles()).containsExactly(0, 1, 2, 0, 1, 3);
  }

  @Test
  void stlJoinsCornersOfEqualPosition() throws UnreadableMeshException {
    StringBuilder text = new StringBuilder("solid box\n");
    TriangleMesh box = Shapes.box(0, 1);
    ByteBuffer binary = ByteBuffer.allocate(84 + 50 * 12).order(ByteOrder.LITTLE_ENDIAN);
    binary.put("solid, but binary".getBytes(StandardCharsets.US_ASCII)).position(80).putInt(12);
    for (int t = 0; t < 12; t++) {
      text.append(" facet normal 0 0 0\n  outer loop\n");
      binary.putFloat(0).putFloat(0).putFloat(0);
      for (int corner = 0; corner < 3; corner++) {
        text.append("   vertex");
        for (int axis = 0; axis < 3; axis++) {
          text.append(' ').append(box.corner(t, corner, axis));
          binary.putFloat((float) box.corner(t, corner, axis));
        }
        text.append('\n');
      }
      text.append("  endloop\n endfacet\n");
      binary.putShort((short) 0);
    }
    for (TriangleMesh mesh :
        new TriangleMesh[] {
          read(text.append("endsolid box\n").toString()), MeshReader.read(binary.array()).surface()
        }) {
      assertThat(mesh.vertexCount()).isEqualTo(8);
      assertThat(mesh.triangleCount()).isEqualTo(12);
      assertThat(mesh.volume()).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void whatIsWrittenIsReadAgain() throws UnreadableMeshException {
    TriangleMesh sphere = Shapes.sphere(0.25, 5);
    TriangleMesh again = MeshReader.read(PlyWriter.write(sphere)).surface();
    assertThat(again.triangles()).isEqualTo(sphere.triangles());
    assertThat(again.vertices()).containsExactly(sphere.vertices(), within(1e-7));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "''@the file is empty",
        "'hello there'@the file is none of PLY, OBJ, OFF and STL: its first word is \"hello\", where PLY"
            + " has ply, OFF has OFF, STL as text has solid and OBJ a keyword such as v or f; as"
            + " binary STL it would have at least 84 bytes, there are 11",
        "' \n# nothing\n'@the file is none of PLY, OBJ, OFF and STL: its first word is missing, where PLY"
            + " has ply, OFF has OFF, STL as text has solid and OBJ a keyword such as v or f; as"
            + " binary STL it would have at least 84 bytes, there are 12",
        "'ply\nformat ascii 1.0\n'@the PLY header has no end_header",
        "'ply\nend_header\n'@the PLY header has no format line",
        "'ply\nformat ascii 2.0\nend_header\n'@the PLY header line \"format ascii 2.0\": allowed are"
            + " ascii, binary_little_endian and binary_big_endian, version 1.0",
        "'ply\nformat ascii 1.0\nelement vertex 1\nproperty real x\nend_header\n'@the PLY header line"
            + " \"property real x\": unknown type \"real\"",
        "'ply\nformat ascii 1.0\nelement vertex 9\nproperty int x\nend_header\n1\n'@the file is"
            + " truncated: the header declares 9 vertex records, but only 2 bytes follow",
        "'ply\nformat ascii 1.0\nelement vertex 1\nproperty int x\nend_header\n1\n'@the element vertex"
            + " has no property y",
        "'v 0 0 0\nv 1 0 0\nv 0 1 0\n'@the file has 3 vertices and no faces; a surface is wanted",
        "'v 0 0 0\nf 1 2 3'@triangle 0 refers to vertex 1; there are 1, counted from 0",
        "'v 0 0 0\nf 0 1 1'@the file has 1 vertices and no face all of whose vertices exist; a surface is"
            + " wanted",
        "'f -4 -3 -2'@the file has 0 vertices and no face all of whose vertices exist; a surface is"
            + " wanted",
        "'v 1 2 3\nv 0 nan 0\nf 1 1 2'@vertex 1 is not finite: 0.0 NaN 0.0",
        "'v 0 0 -Inf\nf 1 1 1'@vertex 0 is not finite: 0.0 0.0 -Infinity",
        "'v 0 0 i\nf 1 1 1'@line 1: z must be a number, got \"i\"",
        "'v 0 0'@line 1: the line ends where z is wanted",
        "'v 0 0 x'@line 1: z must be a number, got \"x\"",
        "'v 0 0 0\nv 1 1 1\nf 1 2'@line 3: the face has 2 corners; at least 3 are needed",
        "'OFF\n3 1 0\n0 0 0\n1 0 0\n0 1 0\n'@the file is truncated: it ends at face 0 of 1",
        "'4OFF\n1 1 1'@line 1: only OFF in three dimensions is read, got 4OFF",
        "'OFF\n-1 1 0\n'@the header declares -1 vertices; 0 to 268435456 are possible",
        "'solid x\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nendloop\n'@line 5: a facet has 1"
            + " corners; 3 are needed",
        "'solid x\n'@the STL file is truncated: as text it would end with endsolid; as binary it would"
            + " have at least 84 bytes, there are 8",
        "'OFF BINARY\n'@line 1: binary OFF is not read; allowed is OFF as text",
        "'nOFF\n3\n'@line 1: only OFF in three dimensions is read, got nOFF",
        "'v 1 2 3 \\'@line 1: the file ends after a backslash",
        "'ply\nformat ascii 1.0\nelement tristrips 1\nproperty list int int vertex_indices\nend_header\n'"
            + "@the PLY file has triangle strips (element tristrips), which are not read; allowed are"
            + " faces (element face with a list vertex_indices)",
        "'ply\nformat ascii 1.0\nelement face 1\nproperty list int int vertex_index\nend_header\n3 0 1.5 2'"
            + "@face 0 refers to vertex 1.5",
      })
  void refusesBrokenFilesWithAReason(String text, String reason) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(UnreadableMeshException.class)
        .hasMessage(reason);
  }

  @Test
  void refusesTruncatedBinaryData() {
    byte[] whole = PlyWriter.write(Shapes.box(0, 1));
    byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 3);
    assertThatThrownBy(() -> MeshReader.read(cut))
        .isInstanceOf(UnreadableMeshException.class)
        .hasMessage("the file is truncated: it ends within its data");
  }
}
