package io.eigensweep.mesh;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Object File Format, as text: a header {@code [ST][C][N]OFF} in capitals or not, the counts of
 * vertices and faces, one line for each vertex (what follows its position is ignored) and each face
 * (what follows its indices is a colour, ignored). The counts may follow the header on its line,
 * even without a blank, as in the ModelNet files.
 */
final class OffReader {
  private static final Pattern HEADER =
      Pattern.compile("\\w{0,4}OFF\\d*", Pattern.CASE_INSENSITIVE);

  private OffReader() {}

  /** Whether {@code word} is the header of some OFF file, of one that is not read too. */
  static boolean begins(String word) {
    return HEADER.matcher(word).matches();
  }

  static StoredMesh read(byte[] bytes) throws UnreadableMeshException {
    TextLines lines = new TextLines(bytes);
    lines.nextWords();
    String keyword = lines.word("OFF");
    int end = keyword.toUpperCase(Locale.ROOT).indexOf("OFF") + 3;
    if (keyword.contains("nOFF") // of n dimensions; N for normals
        || !keyword.substring(0, end).toUpperCase(Locale.ROOT).matches("(ST)?C?N?OFF")) {
      throw lines.error("only OFF in three dimensions is read, got " + keyword);
    }
    String first = keyword.substring(end);
    if (first.isEmpty()) {
      if (!lines.hasWord() && !lines.nextWords()) {
        throw lines.error("the file ends where the counts are wanted");
      }
      first = lines.word("the count of vertices");
      if (first.equalsIgnoreCase("BINARY")) {
        throw lines.error("binary OFF is not read; allowed is OFF as text");
      }
    }
    int left = bytes.length - lines.position();
    int declared = lines.whole("the count of vertices", first);
    int vertices = MeshBuilder.count("vertices", declared, left);
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
