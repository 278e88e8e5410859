package io.eigensweep.mesh;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Stanford PLY, text and both binary orders. Elements and properties may stand in any order and
 * have any type; only x, y, z of {@code vertex} and the list {@code vertex_indices} (or {@code
 * vertex_index}) of {@code face} are used.
 */
final class PlyReader {
  private final Values values;
  private final MeshBuilder mesh = new MeshBuilder();

  /** What follows the header, value by value. */
  private interface Values {
    double next(PlyHeader.Type type) throws UnreadableMeshException;

    int bytesLeft();
  }

  private PlyReader(Values values) {
    this.values = values;
  }

  static StoredMesh read(byte[] bytes) throws UnreadableMeshException {
    PlyHeader header = PlyHeader.read(bytes);
    Values values =
        switch (header.format()) {
          case ASCII -> new Text(bytes, header.length());
          case BINARY_LITTLE_ENDIAN -> new Binary(bytes, header.length(), ByteOrder.LITTLE_ENDIAN);
          case BINARY_BIG_ENDIAN -> new Binary(bytes, header.length(), ByteOrder.BIG_ENDIAN);
        };
    PlyReader reader = new PlyReader(values);
    for (PlyHeader.Element element : header.elements()) {
      if (element.name().equals("tristrips") && element.count() > 0) {
        throw new UnreadableMeshException(
            "the PLY file has triangle strips (element tristrips), which are not read; allowed are"
                + " faces (element face with a list vertex_indices)");
      }
    }
    for (PlyHeader.Element element : header.elements()) {
      reader.read(element);
    }
    return reader.mesh.build();
  }

  private void read(PlyHeader.Element element) throws UnreadableMeshException {
    int count =
        MeshBuilder.count(element.name() + " records", element.count(), countLimit(element));
    int x = -1;
    int y = -1;
    int z = -1;
    int indices = -1;
    if (element.name().equals("vertex")) {
      x = position(element, "x");
      y = position(element, "y");
      z = position(element, "z");
    } else if (element.name().equals("face")) {
      indices = Math.max(element.indexOf("vertex_indices"), element.indexOf("vertex_index"));
      if (indices < 0 || element.properties().get(indices).count() == null) {
        throw new UnreadableMeshException("the element face has no list vertex_indices");
      }
    }
    List<PlyHeader.Property> properties = element.properties();
    double[] row = new double[properties.size()];
    int[] list = new int[16];
    for (int i = 0; i < count; i++) {
      for (int p = 0; p < row.length; p++) {
        PlyHeader.Property property = properties.get(p);
        if (property.count() == null) {
          row[p] = values.next(property.type());
          continue;
        }
        int length = length(element, i, values.next(property.count()));
        if (length > list.length) {
          list = new int[Math.max(length, 2 * list.length)];
        }
        for (int k = 0; k < length; k++) {
          double value = values.next(property.type());
          list[k] = p == indices ? index(value, i) : 0;
        }
        if (p == indices) {
          mesh.polygon(list, length);
        }
      }
      if (x >= 0) {
        mesh.vertex(row[x], row[y], row[z]);
      }
    }
  }

  /** Elements without properties take no bytes, so any count of them is possible. */
  private int countLimit(PlyHeader.Element element) {
    return element.properties().isEmpty() ? Integer.MAX_VALUE : values.bytesLeft();
  }

  private static int position(PlyHeader.Element vertex, String axis)
      throws UnreadableMeshException {
    int index = vertex.indexOf(axis);
    if (index < 0 || vertex.properties().get(index).count() != null) {
      throw new UnreadableMeshException("the element vertex has no property " + axis);
    }
    return index;
  }

  private int length(PlyHeader.Element element, int record, double length)
      throws UnreadableMeshException {
    if (!(length >= 0) || length > values.bytesLeft() || length != Math.rint(length)) {
      throw new UnreadableMeshException(
          element.name()
              + " "
              + record
              + " has a list of "
              + (long) length
              + " entries, but "
              + values.bytesLeft()
              + " bytes are left");
    }
    return (int) length;
  }

  private static int index(double value, int face) throws UnreadableMeshException {
    if (value != Math.rint(value) || value < 0 || value > Integer.MAX_VALUE) {
      throw new UnreadableMeshException("face " + face + " refers to vertex " + value);
    }
    return (int) value;
  }

  private static final class Binary implements Values {
    private final ByteBuffer in;

    Binary(byte[] bytes, int from, ByteOrder order) {
      in = ByteBuffer.wrap(bytes, from, bytes.length - from).order(order);
    }

    @Override
    public double next(PlyHeader.Type type) throws UnreadableMeshException {
      try {
        return switch (type) {
          case INT8 -> in.get();
          case UINT8 -> in.get() & 0xff;
          case INT16 -> in.getShort();
          case UINT16 -> in.getShort() & 0xffff;
          case INT32 -> in.getInt();
          case UINT32 -> Integer.toUnsignedLong(in.getInt());
          case FLOAT32 -> in.getFloat();
          case FLOAT64 -> in.getDouble();
        };
      } catch (BufferUnderflowException e) {
        throw new UnreadableMeshException("the file is truncated: it ends within its data", e);
      }
    }

    @Override
    public int bytesLeft() {
      return in.remaining();
    }
  }

  /**
   * Values stand between blanks; lines have no meaning, and types have none: exporters write
   * colours of a whole type with a point.
   */
  private static final class Text implements Values {
    private final byte[] bytes;
    private int at;

    Text(byte[] bytes, int from) {
      this.bytes = bytes;
      this.at = from;
    }

    @Override
    public double next(PlyHeader.Type type) throws UnreadableMeshException {
      while (at < bytes.length && bytes[at] <= ' ' && bytes[at] >= 0) {
        at++;
      }
      int start = at;
      while (at < bytes.length && (bytes[at] > ' ' || bytes[at] < 0)) {
        at++;
      }
      if (start == at) {
        throw new UnreadableMeshException("the file is truncated: it ends within its data");
      }
      String word = new String(bytes, start, at - start, StandardCharsets.ISO_8859_1);
      try {
        return TextLines.real(word);
      } catch (NumberFormatException e) {
        String shown = word.length() > 40 ? word.substring(0, 40) + "…" : word;
        throw new UnreadableMeshException("\"" + shown + "\" stands where a number is wanted", e);
      }
    }

    @Override
    public int bytesLeft() {
      return bytes.length - at;
    }
  }
}
