package io.eigensweep.mesh;

import java.util.Arrays;

/**
 * Wavefront OBJ: {@code v} and {@code f} lines; indices count from 1, or backwards from the last
 * vertex where negative; texture and normal indices and every other keyword are ignored. A line may
 * go on after a backslash.
 */
final class ObjReader {
  private final TextLines lines;
  private final MeshBuilder mesh = new MeshBuilder();
  private int[] polygon = new int[16];

  private ObjReader(byte[] bytes) {
    this.lines = new TextLines(bytes);
  }

  static TriangleMesh read(byte[] bytes) throws UnreadableMeshException {
    return new ObjReader(bytes).read();
  }

  private TriangleMesh read() throws UnreadableMeshException {
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
    while (lines.hasWord()) {
      String word = lines.word("a vertex");
      if (word.equals("\\")) {
        if (!lines.nextWords()) {
          throw lines.error("the file ends within a face");
        }
        continue;
      }
      if (count == polygon.length) {
        polygon = Arrays.copyOf(polygon, 2 * count);
      }
      polygon[count++] = vertex(word);
    }
    if (count < 3) {
      throw lines.error("the face has " + count + " corners; at least 3 are needed");
    }
    mesh.polygon(polygon, count);
  }

  /** The vertex of {@code v}, {@code v/vt}, {@code v//vn} or {@code v/vt/vn}, counted from 0. */
  private int vertex(String word) throws UnreadableMeshException {
    int slash = word.indexOf('/');
    String text = slash < 0 ? word : word.substring(0, slash);
    int index;
    try {
      index = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw lines.error("a face's vertex must be a whole number, got \"" + text + '"');
    }
    int vertex = index > 0 ? index - 1 : mesh.vertexCount() + index;
    if (index == 0 || vertex < 0) {
      throw lines.error(
          "a face refers to vertex "
              + index
              + "; allowed are 1 and above, or −1 to −"
              + mesh.vertexCount()
              + " from the last one so far");
    }
    return vertex;
  }
}
