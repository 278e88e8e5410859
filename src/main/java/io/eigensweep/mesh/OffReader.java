package io.eigensweep.mesh;

import java.util.Arrays;

/**
 * Object File Format, as text: a header {@code [ST][C][N]OFF}, the counts of vertices and faces,
 * one line for each vertex (what follows its position is ignored) and each face (what follows its
 * indices is a colour, ignored).
 */
final class OffReader {
  private OffReader() {}

  static StoredMesh read(byte[] bytes) throws UnreadableMeshException {
    TextLines lines = new TextLines(bytes);
    lines.nextWords();
    String keyword = lines.word("OFF");
    if (!keyword.matches("(ST)?C?N?OFF")) {
      throw lines.error("only OFF in three dimensions is read, got " + keyword);
    }
    if (!lines.hasWord() && !lines.nextWords()) {
      throw lines.error("the file ends where the counts are wanted");
    }
    int left = bytes.length - lines.position();
    int vertices = MeshBuilder.count("vertices", lines.whole("the count of vertices"), left);
    int faces = MeshBuilder.count("faces", lines.whole("the count of faces"), left);
    MeshBuilder mesh = new MeshBuilder();
    for (int i = 0; i < vertices; i++) {
      needLine(lines, "vertex", i, vertices);
      mesh.vertex(lines.number("x"), lines.number("y"), lines.number("z"));
    }
    int[] polygon = new int[16];
    for (int i = 0; i < faces; i++) {
      needLine(lines, "face", i, faces);
      int count = lines.whole("the count of corners");
      if (count < 3) {
        throw lines.error("the face has " + count + " corners; at least 3 are needed");
      }
      for (int corner = 0; corner < count; corner++) {
        if (corner == polygon.length) {
          polygon = Arrays.copyOf(polygon, 2 * corner);
        }
        polygon[corner] = lines.whole("a vertex");
      }
      mesh.polygon(polygon, count);
    }
    return mesh.build();
  }

  private static void needLine(TextLines lines, String what, int i, int of)
      throws UnreadableMeshException {
    if (!lines.nextWords()) {
      throw new UnreadableMeshException(
          "the file is truncated: it ends at " + what + " " + i + " of " + of);
    }
  }
}
