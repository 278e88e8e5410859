package io.eigensweep.mesh;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * STL, text (in capitals or not) or binary. The format repeats each corner's position; corners of
 * equal position become one vertex. Stored normals are ignored: the order of the corners tells the
 * side.
 */
final class StlReader {
  private static final int HEADER = 84;
  private static final int FACET = 50;

  private final MeshBuilder mesh = new MeshBuilder();
  private final Map<Position, Integer> known = new HashMap<>();
  private final int[] triangle = new int[3];

  private record Position(double x, double y, double z) {}

  private StlReader() {}

  /** Whether the length is the one that a binary file's count of facets demands. */
  static boolean isBinary(byte[] bytes) {
    return bytes.length >= HEADER && bytes.length == HEADER + FACET * facets(bytes);
  }

  /** Why {@code bytes} are no binary file. */
  static String notBinary(byte[] bytes) {
    if (bytes.length < HEADER) {
      return "it would have at least " + HEADER + " bytes, there are " + bytes.length;
    }
    return "by its count of facets it would have "
        + (HEADER + FACET * facets(bytes))
        + " bytes, there are "
        + bytes.length;
  }

  private static long facets(byte[] bytes) {
    return Integer.toUnsignedLong(
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(HEADER - 4));
  }

  static StoredMesh read(byte[] bytes) throws UnreadableMeshException {
    return isBinary(bytes) ? new StlReader().binary(bytes) : new StlReader().text(bytes);
  }

  private StoredMesh binary(byte[] bytes) throws UnreadableMeshException {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int facets = (int) facets(bytes);
    for (int facet = 0; facet < facets; facet++) {
      for (int corner = 0; corner < 3; corner++) {
        int at = HEADER + FACET * facet + 12 + 12 * corner;
        triangle[corner] = vertex(in.getFloat(at), in.getFloat(at + 4), in.getFloat(at + 8));
      }
      mesh.polygon(triangle, 3);
    }
    return mesh.build();
  }

  private StoredMesh text(byte[] bytes) throws UnreadableMeshException {
    TextLines lines = new TextLines(bytes);
    int corner = 0;
    boolean ended = false;
    while (lines.nextWords()) {
      String keyword = lines.word("a keyword").toLowerCase(Locale.ROOT);
      if (keyword.equals("end") && lines.hasWord()) {
        keyword += lines.word("a keyword").toLowerCase(Locale.ROOT);
      }
      if (keyword.equals("vertex")) {
        if (corner == 3) {
          throw lines.error("a facet has more than 3 corners");
        }
        triangle[corner++] = vertex(lines.number("x"), lines.number("y"), lines.number("z"));
      } else if (keyword.equals("endfacet") || keyword.equals("endloop")) {
        if (corner != 3 && keyword.equals("endloop")) {
          throw lines.error("a facet has " + corner + " corners; 3 are needed");
        }
        if (keyword.equals("endfacet")) {
          mesh.polygon(triangle, corner);
          corner = 0;
        }
      }
      ended = keyword.equals("endsolid") || (ended && !keyword.equals("facet"));
    }
    if (!ended) {
      throw new UnreadableMeshException(
          "the STL file is truncated: as text it would end with endsolid; as binary "
              + notBinary(bytes));
    }
    return mesh.build();
  }

  private int vertex(double x, double y, double z) throws UnreadableMeshException {
    Position position = new Position(x + 0.0, y + 0.0, z + 0.0); // −0 is 0
    Integer vertex = known.get(position);
    if (vertex == null) {
      vertex = mesh.vertexCount();
      mesh.vertex(x, y, z);
      known.put(position, vertex);
    }
    return vertex;
  }
}
