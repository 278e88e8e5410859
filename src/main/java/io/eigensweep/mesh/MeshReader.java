package io.eigensweep.mesh;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Reads PLY, OBJ, OFF and STL. The content decides the format, never the name. Polygons become fans
 * around their first corner. What breaks the format is refused with a reason: truncated data,
 * headers that make no sense, indices of vertices that do not follow. What can't be a surface
 * although the format allows it (no faces, positions that are not finite) {@link
 * StoredMesh#surface} refuses.
 */
public final class MeshReader {
  private static final Set<String> OBJ_KEYWORDS =
      Set.of("v", "vt", "vn", "vp", "f", "o", "g", "s", "mtllib", "usemtl", "l", "p");

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
    String start = new String(bytes, 0, Math.min(bytes.length, 5), StandardCharsets.ISO_8859_1);
    if (start.startsWith("ply\n") || start.startsWith("ply\r")) {
      return PlyReader.read(bytes);
    }
    if (StlReader.isBinary(bytes)) {
      return StlReader.read(bytes);
    }
    TextLines lines = new TextLines(bytes);
    String first = lines.nextWords() ? lines.word("a keyword") : "";
    if (first.equals("solid")) {
      return StlReader.read(bytes);
    }
    if (first.endsWith("OFF")) {
      return OffReader.read(bytes);
    }
    if (OBJ_KEYWORDS.contains(first)) {
      return ObjReader.read(bytes);
    }
    throw new UnreadableMeshException("the file is none of PLY, OBJ, OFF and STL");
  }
}
