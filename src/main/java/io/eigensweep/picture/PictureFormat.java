package io.eigensweep.picture;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** The picture formats that are read, told by their first bytes and never by a file's name. */
enum PictureFormat {
  JPEG("FFD8"),
  PNG("89504E470D0A1A0A"),
  GIF("47494638"),
  BMP("424D");

  /** In hexadecimal. */
  private final String signature;

  PictureFormat(String signature) {
    this.signature = signature;
  }

  /**
   * The format of {@code bytes}.
   *
   * @throws UnreadablePictureException for an empty file and for anything else; the message says
   *     what the first bytes look like
   */
  static PictureFormat of(byte[] bytes) throws UnreadablePictureException {
    if (bytes.length == 0) {
      throw new UnreadablePictureException("the file is empty");
    }
    for (PictureFormat format : values()) {
      if (startsWith(bytes, HexFormat.of().parseHex(format.signature))) {
        return format;
      }
    }
    throw new UnreadablePictureException(
        lookalike(bytes)
                .map(kind -> kind + ", not a picture that is read")
                .orElseGet(() -> "not a picture: the file begins with " + printable(bytes))
            + "; allowed are JPEG, PNG, GIF and BMP by content");
  }

  private static Optional<String> lookalike(byte[] bytes) {
    String head =
        new String(bytes, 0, Math.min(bytes.length, 64), StandardCharsets.ISO_8859_1)
            .stripLeading()
            .toLowerCase(Locale.ROOT);
    if (head.startsWith("<!doctype html") || head.startsWith("<html") || head.startsWith("<head")) {
      return Optional.of("an HTML page");
    }
    if (head.startsWith("<?xml") || head.startsWith("<svg")) {
      return Optional.of("an XML or SVG document");
    }
    if (head.startsWith("\u0089png") || head.startsWith("png") || head.contains("ihdr")) {
      return Optional.of("a PNG with a damaged signature");
    }
    if (head.startsWith("riff") && head.startsWith("webp", 8)) {
      return Optional.of("a WebP file");
    }
    if (head.startsWith("ii*\0") || head.startsWith("mm\0*")) {
      return Optional.of("a TIFF file");
    }
    return Optional.empty();
  }

  /** The first bytes, escaped so that they stay on one line. */
  private static String printable(byte[] bytes) {
    StringBuilder out = new StringBuilder("\"");
    for (byte b : Arrays.copyOf(bytes, Math.min(bytes.length, 16))) {
      if (b >= 0x20 && b < 0x7F) {
        out.append((char) b);
      } else {
        out.append(String.format(Locale.ROOT, "\\x%02x", b));
      }
    }
    return out.append('"').toString();
  }

  private static boolean startsWith(byte[] bytes, byte[] prefix) {
    return bytes.length >= prefix.length
        && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
  }
}
