package io.eigensweep.npy;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands before the numbers of a {@code .npy} file: the magic bytes, the version, the length
 * of the rest, and a Python dictionary of {@code descr}, {@code fortran_order} and {@code shape}
 * (NumPy enhancement proposal 1). Versions differ in the width of the length (2 bytes in 1.0, 4
 * later) and in the text's encoding (UTF-8 in 3.0).
 *
 * @param bytes where the numbers begin
 * @param single whether they are float32, else float64
 * @param order of the bytes of each
 * @param fortran whether the first index is the fastest
 * @param rows of the array
 * @param columns of the array
 */
record NpyHeader(
    int bytes, boolean single, ByteOrder order, boolean fortran, long rows, long columns) {

  /** The most bytes that a header may have; NumPy's are some hundred. */
  static final int LONGEST = 1 << 16;

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final byte[] ZIP = {'P', 'K', 3, 4};

  /**
   * One entry of the dictionary: its name, then a text, a word, a tuple or, for records, a list.
   */
  private static final Pattern ENTRY =
      Pattern.compile(
          "\\s*'(\\w+)'\\s*:\\s*('[^']*'|True|False|\\([\\dL,\\s]*\\)|\\[.*\\])\\s*(,|(?=}))",
          Pattern.DOTALL);

  private static final Pattern FLOAT = Pattern.compile("([<>=|]?)f([48])");

  /**
   * The header that a file begins with.
   *
   * @param start the first bytes of the file, at most {@link #LONGEST}
   */
  static NpyHeader parse(byte[] start) {
    if (startsWith(start, ZIP)) {
      throw new UnreadableArrayException(
          "is a zip archive (.npz or .pt), must be one array: np.save(\"k.npy\", array)");
    }
    if (!startsWith(start, MAGIC)) {
      throw new UnreadableArrayException(
          start.length < MAGIC.length && startsWith(MAGIC, start)
              ? "is truncated: it ends after " + start.length + " bytes"
              : "is no .npy file: it does not begin with \\x93NUMPY; np.save(\"k.npy\", array)");
    }
    require(start, MAGIC.length + 2);
    int major = start[MAGIC.length];
    int minor = start[MAGIC.length + 1];
    if (major < 1 || major > 3 || minor != 0) {
      throw new UnreadableArrayException(
          "has format version " + major + "." + minor + ", must be 1.0, 2.0 or 3.0");
    }
    int width = major == 1 ? 2 : 4;
    int from = MAGIC.length + 2 + width;
    require(start, from);
    long length = 0;
    for (int i = from - 1; i >= from - width; i--) {
      length = (length << 8) | (start[i] & 0xff);
    }
    if (length > LONGEST - from) {
      throw new UnreadableArrayException(
          "has a header of " + length + " bytes, at most " + (LONGEST - from) + " are read");
    }
    require(start, from + (int) length);
    String text = new String(start, from, (int) length, StandardCharsets.UTF_8);
    return read(text.strip(), from + (int) length);
  }

  private static NpyHeader read(String text, int bytes) {
    String descr = null;
    String fortran = null;
    String shape = null;
    if (!text.startsWith("{") || !text.endsWith("}")) {
      throw misshapen(text);
    }
    Matcher entry = ENTRY.matcher(text).region(1, text.length());
    int at = 1;
    while (entry.lookingAt()) {
      switch (entry.group(1)) {
        case "descr" -> descr = entry.group(2);
        case "fortran_order" -> fortran = entry.group(2);
        case "shape" -> shape = entry.group(2);
        default -> throw misshapen(text);
      }
      at = entry.end();
      entry.region(at, text.length());
    }
    if (descr == null
        || fortran == null
        || shape == null
        || !text.substring(at).strip().equals("}")
        || !fortran.matches("True|False")) {
      throw misshapen(text);
    }
    Matcher type = FLOAT.matcher(descr.replace("'", ""));
    if (!type.matches()) {
      throw new UnreadableArrayException(
          "holds "
              + words(descr)
              + ", must be float32 or float64: np.save(\"k.npy\", a.astype(…))");
    }
    long[] sides = shape(shape, text);
    return new NpyHeader(
        bytes,
        type.group(2).equals("4"),
        order(type.group(1)),
        fortran.equals("True"),
        sides[0],
        sides[1]);
  }

  private static ByteOrder order(String mark) {
    return switch (mark) {
      case "<" -> ByteOrder.LITTLE_ENDIAN;
      case ">" -> ByteOrder.BIG_ENDIAN;
      default -> ByteOrder.nativeOrder();
    };
  }

  private static long[] shape(String shape, String text) {
    if (!shape.startsWith("(")) {
      throw misshapen(text);
    }
    String inside = shape.substring(1, shape.length() - 1).replaceAll("[L\\s]", "");
    long[] sides;
    try {
      sides =
          inside.isEmpty()
              ? new long[0]
              : Arrays.stream(inside.split(",")).mapToLong(Long::parseLong).toArray();
    } catch (NumberFormatException e) {
      throw misshapen(text);
    }
    if (sides.length != 2) {
      throw new UnreadableArrayException(
          String.format(
              Locale.ROOT,
              "has %d dimensions %s, must have 2: a kernel N × N, or a Jacobian N × P with a row"
                  + " for each point (and output)",
              sides.length,
              shape));
    }
    if (sides[0] == 0 || sides[1] == 0) {
      throw new UnreadableArrayException("is empty: its shape is " + shape);
    }
    return sides;
  }

  /** What NumPy calls the type {@code descr}. */
  private static String words(String descr) {
    String type = descr.replace("'", "");
    if (type.endsWith("O")) {
      return "pickled objects (dtype " + type + "), which are never unpickled";
    }
    if (type.startsWith("[")) {
      return "records (dtype " + type + ")";
    }
    if (type.length() < 2) {
      return "dtype " + type;
    }
    String kind =
        switch (type.charAt(1)) {
          case 'c' -> "complex numbers";
          case 'i', 'u' -> "integers";
          case 'b' -> "truth values";
          case 'f' -> "floats of another width";
          case 'U', 'S' -> "texts";
          case 'V' -> "raw bytes (bfloat16?)";
          default -> "something else";
        };
    return kind + " (dtype " + type + ")";
  }

  private static void require(byte[] start, int length) {
    if (start.length < length) {
      throw new UnreadableArrayException(
          "is truncated: it ends within its header, after " + start.length + " bytes");
    }
  }

  private static boolean startsWith(byte[] bytes, byte[] beginning) {
    return bytes.length >= beginning.length
        && Arrays.equals(bytes, 0, beginning.length, beginning, 0, beginning.length);
  }

  private static UnreadableArrayException misshapen(String text) {
    String shown = text.replaceAll("[\\p{Cntrl}\\s]+", " ");
    return new UnreadableArrayException(
        "has a header that NumPy does not write: "
            + shown.substring(0, Math.min(120, shown.length())));
  }
}
