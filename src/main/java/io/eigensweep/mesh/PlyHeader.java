package io.eigensweep.mesh;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The header of a PLY file (Turk 1994). Capitals mean the same: all names are in small letters.
 *
 * @param format how values are stored
 * @param elements in the order of the file
 * @param length bytes of the header; the data follow
 */
record PlyHeader(Format format, List<Element> elements, int length) {

  /** How values are stored. */
  enum Format {
    ASCII,
    BINARY_LITTLE_ENDIAN,
    BINARY_BIG_ENDIAN
  }

  /** The type of a value. */
  enum Type {
    INT8(1),
    UINT8(1),
    INT16(2),
    UINT16(2),
    INT32(4),
    UINT32(4),
    FLOAT32(4),
    FLOAT64(8);

    final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }

    private static final Map<String, Type> BY_NAME =
        Map.ofEntries(
            Map.entry("char", INT8),
            Map.entry("int8", INT8),
            Map.entry("uchar", UINT8),
            Map.entry("uint8", UINT8),
            Map.entry("short", INT16),
            Map.entry("int16", INT16),
            Map.entry("ushort", UINT16),
            Map.entry("uint16", UINT16),
            Map.entry("int", INT32),
            Map.entry("int32", INT32),
            Map.entry("uint", UINT32),
            Map.entry("uint32", UINT32),
            Map.entry("float", FLOAT32),
            Map.entry("float32", FLOAT32),
            Map.entry("double", FLOAT64),
            Map.entry("float64", FLOAT64));

    boolean isWhole() {
      return this != FLOAT32 && this != FLOAT64;
    }
  }

  /**
   * One property of an element.
   *
   * @param name its name
   * @param count the type of a list's length, null where the property is one value
   * @param type the type of the value, or of a list's entries
   */
  record Property(String name, @Nullable Type count, Type type) {}

  /** One sort of record, {@code count} of which follow each other. */
  record Element(String name, long count, List<Property> properties) {
    /** The place of the property {@code name}, −1 where there is none. */
    int indexOf(String property) {
      for (int i = 0; i < properties.size(); i++) {
        if (properties.get(i).name().equals(property)) {
          return i;
        }
      }
      return -1;
    }
  }

  /**
   * Reads the header.
   *
   * @param bytes of a file that begins with a line {@code ply}
   */
  static PlyHeader read(byte[] bytes) throws UnreadableMeshException {
    HeaderLines lines = new HeaderLines(bytes);
    lines.next();
    Format format = null;
    List<Element> elements = new ArrayList<>();
    while (true) {
      String line = lines.next();
      if (line == null) {
        throw new UnreadableMeshException("the PLY header has no end_header");
      }
      String[] words = line.strip().toLowerCase(Locale.ROOT).split("\\s+");
      switch (words[0]) {
        case "comment", "obj_info", "" -> {}
        case "format" -> format = format(words, line);
        case "element" -> elements.add(element(words, line));
        case "property" -> {
          if (elements.isEmpty()) {
            throw refused(line, "a property before the first element");
          }
          elements.get(elements.size() - 1).properties().add(property(words, line));
        }
        case "end_header" -> {
          if (format == null) {
            throw new UnreadableMeshException("the PLY header has no format line");
          }
          return new PlyHeader(format, elements, lines.at);
        }
        default -> throw refused(line, "unknown keyword");
      }
    }
  }

  private static Format format(String[] words, String line) throws UnreadableMeshException {
    if (words.length == 3 && words[2].equals("1.0")) {
      for (Format format : Format.values()) {
        if (format.name().equalsIgnoreCase(words[1])) {
          return format;
        }
      }
    }
    throw refused(
        line, "allowed are ascii, binary_little_endian and binary_big_endian, version 1.0");
  }

  private static Element element(String[] words, String line) throws UnreadableMeshException {
    if (words.length != 3 || !words[2].matches("\\d{1,18}")) {
      throw refused(line, "wanted is: element NAME COUNT");
    }
    return new Element(words[1], Long.parseLong(words[2]), new ArrayList<>());
  }

  private static Property property(String[] words, String line) throws UnreadableMeshException {
    if (words.length >= 5 && words[1].equals("list")) {
      Type count = type(words[2], line);
      if (!count.isWhole()) {
        throw refused(line, "a list's length must have a whole type");
      }
      return new Property(words[4], count, type(words[3], line));
    }
    if (words.length < 3) {
      throw refused(line, "wanted is: property TYPE NAME, or property list TYPE TYPE NAME");
    }
    return new Property(words[2], null, type(words[1], line));
  }

  private static Type type(String name, String line) throws UnreadableMeshException {
    Type type = Type.BY_NAME.get(name);
    if (type == null) {
      throw refused(line, "unknown type \"" + name + '"');
    }
    return type;
  }

  private static UnreadableMeshException refused(String line, String why) {
    String shown = line.length() > 80 ? line.substring(0, 80) + "…" : line.strip();
    return new UnreadableMeshException("the PLY header line \"" + shown + "\": " + why);
  }

  /**
   * Lines end with \n, and a \r before it is dropped; only a file whose first line ends with a lone
   * \r has all its lines end so. A binary body may start with the byte of \n.
   */
  private static final class HeaderLines {
    private static final int MAX_HEADER = 1 << 20;

    private final byte[] bytes;
    private final byte end;
    private int at;

    HeaderLines(byte[] bytes) {
      this.bytes = bytes;
      int first = 3;
      while (first < bytes.length && (bytes[first] == ' ' || bytes[first] == '\t')) {
        first++;
      }
      boolean lone = first + 1 < bytes.length && bytes[first] == '\r' && bytes[first + 1] != '\n';
      this.end = (byte) (lone ? '\r' : '\n');
    }

    @Nullable String next() {
      int start = at;
      while (at < bytes.length && at < MAX_HEADER && bytes[at] != end) {
        at++;
      }
      if ((at == start && at == bytes.length) || at == MAX_HEADER) {
        return null;
      }
      int stop = at > start && bytes[at - 1] == '\r' ? at - 1 : at;
      at = Math.min(at + 1, bytes.length);
      return new String(bytes, start, stop - start, StandardCharsets.ISO_8859_1);
    }
  }
}
