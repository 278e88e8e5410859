package io.eigensweep.mesh;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * Wavefront OBJ: {@code v} and {@code f} lines; indices count from 1, or backwards from the last
 * vertex where negative; what follows a position (weight, colour), texture and normal indices and
 * every other keyword are ignored. A line may go on after a backslash. Index 0 and relative indices
 * before the first vertex can't name a vertex, yet exporters write them: such a face is dropped and
 * counted.
 */
final class ObjReader {
  /** What the specification has, and {@code shadow_obj} and its like of old programs. */
  private static final Set<String> KEYWORDS =
      Set.of(
          "v",
          "vt",
          "vn",
          "vp",
          "f",
          "fo",
          "l",
          "p",
          "o",
          "g",
          "s",
          "mg",
          "mtllib",
          "usemtl",
          "maplib",
          "usemap",
          "cstype",
          "deg",
          "bmat",
          "step",
          "curv",
          "curv2",
          "surf",
          "bevel",
          "c_interp",
          "d_interp",
          "lod",
          "shadow_obj",
          "trace_obj",
          "ctech",
          "stech",
          "call");

  private final TextLines lines;
  private final MeshBuilder mesh = new MeshBuilder();
  private int[] polygon = new int[16];

  private ObjReader(byte[] bytes) {
    this.lines = new TextLines(bytes);
  }

  /** Whether a line that begins with {@code word} may be the first one of a file. */
  static boolean begins(String word) {
    return KEYWORDS.contains(word.toLowerCase(Locale.ROOT));
  }

  static StoredMesh read(byte[] bytes) throws UnreadableMeshException {
    return new ObjReader(bytes).read();
  }

  private StoredMesh read() throws UnreadableMeshException {
    while (lines.nextWords()) {
      switch (lines.word("a keyword")) {
        case "v", "V" -> {
          lines.join();
          mesh.vertex(lines.number("x"), lines.number("y"), lines.number("z"));
        }
        case "f", "F" -> {
          lines.join();
          face();
        }
        default -> {}
      }
    }
    return mesh.build();
  }

  private void face() throws UnreadableMeshException {
    int count = 0;
    boolean exists = true;
    while (lines.hasWord()) {
      if (count == polygon.length) {
        polygon = Arrays.copyOf(polygon, 2 * count);
      }
      int vertex = vertex(lines.word("a vertex"));
      exists &= vertex >= 0;
      polygon[count++] = vertex;
    }
    if (count < 3) {
      throw lines.error("the face has " + count + " corners; at least 3 are needed");
    }
    if (exists) {
      mesh.polygon(polygon, count);
    } else {
      mesh.dropPolygon();
    }
  }

  /**
   * The vertex of {@code v}, {@code v/vt}, {@code v//vn} or {@code v/vt/vn}, counted from 0;
   * negative when it can't exist.
   */
  private int vertex(String word) throws UnreadableMeshException {
    int slash = word.indexOf('/');
    String text = slash < 0 ? word : word.substring(0, slash);
    int index;
    try {
      index = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw lines.error("a face's vertex must be a whole number, got \"" + text + '"');
    }
    return index >= 0 ? index - 1 : mesh.vertexCount() + index;
  }
}
