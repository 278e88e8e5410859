package io.eigensweep.mesh;

import java.util.Arrays;

/**
 * Wavefront OBJ: {@code v} and {@code f} lines; indices count from 1, or backwards from the last
 * vertex where negative; texture and normal indices and every other keyword are ignored. A line may
 * go on after a backslash. Index 0 and relative indices before the first vertex can't name a
 * vertex, yet exporters write them: such a face is dropped and counted.
 */
final class ObjReader {
  private final TextLines lines;
  private final MeshBuilder mesh = new MeshBuilder();
  private int[] polygon = new int[16];

  private ObjReader(byte[] bytes) {
    this.lines = new TextLines(bytes);
  }

  static StoredMesh read(byte[] bytes) throws UnreadableMeshException {
    return new ObjReader(bytes).read();
  }

  private StoredMesh read() throws UnreadableMeshException {
    while (lines.nextWords()) {
      String keyword = lines.word("a keyword");
      if (keyword.equals("v")) {
        mesh.vertex(lines.number("x"), lines.number("y"), lines.number("z"));
      } else if (keyword.equals("f")) {
        face();
      }
    }
    return mesh.build();
  }

  private void face() throws UnreadableMeshException {
    int count = 0;
    boolean exists = true;
    while (lines.hasWord()) {
      String word = lines.word("a vertex");
      if (word.endsWith("\\")) {
        word = word.substring(0, word.length() - 1);
        if (!lines.nextWords()) {
          throw lines.error("the file ends within a face");
        }
        if (word.isEmpty()) {
          continue;
        }
      }
      if (count == polygon.length) {
        polygon = Arrays.copyOf(polygon, 2 * count);
      }
      int vertex = vertex(word);
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
