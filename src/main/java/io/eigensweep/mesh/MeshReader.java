package io.eigensweep.mesh;

import java.util.Arrays;
import java.util.Locale;

/**
 * Reads PLY, OBJ, OFF and STL. The content decides the format, never the name: the first word, in
 * capitals or not, after blanks, comments and a byte order mark. Faces of more than three corners
 * are cut into triangles ({@link FaceCutter}). What breaks the format is refused with a reason:
 * truncated data, headers that make no sense, indices of vertices that do not follow. What can't be
 * a surface although the format allows it (no faces, positions that are not finite) {@link
 * StoredMesh#surface} refuses.
 */
public final class MeshReader {
  private static final int SHOWN = 20;

  private MeshReader() {}

  /**
   * What {@code bytes}, the whole file, holds.
   *
   * @throws UnreadableMeshException when it is none, naming the reason
   */
  public static StoredMesh read(byte[] bytes) throws UnreadableMeshException {
    if (bytes.length == 0) {
      throw new UnreadableMeshException("the file is empty");
    }
    if (StlReader.isBinary(bytes)) {
      return StlReader.read(bytes);
    }
    byte[] text = startsWith(bytes, 0xEF, 0xBB, 0xBF) ? tail(bytes, 3) : bytes;
    if (isUtf16(text)) {
      throw new UnreadableMeshException(
          "the file is UTF-16 text; allowed is UTF-8, of which the formats use ASCII alone");
    }
    TextLines lines = new TextLines(text);
    int start = 0;
    String first = "";
    if (lines.nextWords()) {
      first = lines.word("a keyword");
      start = lines.start();
    }
    String keyword = first.toLowerCase(Locale.ROOT);
    if (keyword.equals("ply")) {
      return PlyReader.read(tail(text, start));
    }
    if (keyword.equals("solid")) {
      return StlReader.read(text);
    }
    if (OffReader.begins(keyword)) {
      return OffReader.read(text);
    }
    if (ObjReader.begins(keyword)) {
      return ObjReader.read(text);
    }
    throw new UnreadableMeshException(
        "the file is none of PLY, OBJ, OFF and STL: its first word "
            + (first.isEmpty() ? "is missing" : "is \"" + shown(first) + '"')
            + ", where PLY has ply, OFF has OFF, STL as text has solid and OBJ a keyword such as v"
            + " or f; as binary STL "
            + StlReader.notBinary(bytes));
  }

  /** With a mark, or every second one of the first bytes 0, as in no text of one byte a letter. */
  private static boolean isUtf16(byte[] bytes) {
    return startsWith(bytes, 0xFF, 0xFE)
        || startsWith(bytes, 0xFE, 0xFF)
        || (bytes.length >= 4
            && (bytes[0] == 0) == (bytes[2] == 0)
            && (bytes[1] == 0) == (bytes[3] == 0)
            && (bytes[0] == 0) != (bytes[1] == 0));
  }

  private static boolean startsWith(byte[] bytes, int... prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if (i >= bytes.length || (bytes[i] & 255) != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte[] tail(byte[] bytes, int from) {
    return from == 0 ? bytes : Arrays.copyOfRange(bytes, from, bytes.length);
  }

  /** The word on one line, other characters than those of ASCII as question marks. */
  private static String shown(String word) {
    String text = word.replaceAll("[^!-~]", "?");
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
  }
}
