package io.eigensweep.picture;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Checks the sums that a PNG file carries (PNG 1.2, §5.4 CRC-32 of a chunk, §10 Adler-32 of the
 * pixel data), which the JDK's reader does not: no flipped bit among the pixels goes unseen. The
 * chunks of the standard that don't change pixels may be damaged.
 */
final class PngChunks {
  private static final int SIGNATURE = 8;

  /** Length, type and sum. */
  private static final int AROUND = 12;

  private static final Set<String> HARMLESS =
      Set.of(
          "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "bKGD", "hIST", "pHYs", "sPLT", "tIME", "tEXt",
          "zTXt", "iTXt", "eXIf");

  private final byte[] bytes;
  private final Inflater inflater = new Inflater();
  private final byte[] thrownAway = new byte[1 << 14];

  /** Bytes of pixel data that may follow: more than the largest picture that is read has. */
  private long left = 1L << 31;

  private PngChunks(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Checks {@code bytes}, which begin with the signature.
   *
   * @throws UnreadablePictureException for a wrong sum, and where the file ends before its last
   *     chunk
   */
  static void check(byte[] bytes) throws UnreadablePictureException {
    PngChunks chunks = new PngChunks(bytes);
    try {
      chunks.check();
    } finally {
      chunks.inflater.end();
    }
  }

  private void check() throws UnreadablePictureException {
    int at = SIGNATURE;
    while (true) {
      if (bytes.length - at < AROUND || number(at) > bytes.length - at - AROUND) {
        throw new UnreadablePictureException(
            "the picture is truncated or damaged: the PNG's chunk at byte "
                + at
                + " does not fit the file");
      }
      int length = (int) number(at);
      String type = new String(bytes, at + 4, 4, StandardCharsets.ISO_8859_1);
      if (!HARMLESS.contains(type)) {
        checkSum(type, at, length);
      }
      if (type.equals("IDAT")) {
        inflate(at + 8, length);
      } else if (type.equals("IEND")) {
        return;
      }
      at += AROUND + length;
    }
  }

  private void checkSum(String type, int at, int length) throws UnreadablePictureException {
    CRC32 crc = new CRC32();
    crc.update(bytes, at + 4, 4 + length);
    long stored = number(at + 8 + length);
    if (crc.getValue() != stored) {
      throw new UnreadablePictureException(
          String.format(
              Locale.ROOT,
              "the picture is damaged: the PNG's chunk %s at byte %d has the sum %08x, not %08x as"
                  + " it says",
              type.replaceAll("[^A-Za-z]", "?"),
              at,
              crc.getValue(),
              stored));
    }
  }

  private void inflate(int from, int length) throws UnreadablePictureException {
    inflater.setInput(bytes, from, length);
    try {
      while (left > 0 && !inflater.finished() && !inflater.needsInput()) {
        int got = inflater.inflate(thrownAway);
        left -= got;
        if (got == 0 && inflater.needsDictionary()) {
          return; // the reader says what is wrong with it
        }
      }
    } catch (DataFormatException e) {
      throw new UnreadablePictureException(
          "the picture is damaged: the PNG's pixels can't be unpacked (" + e.getMessage() + ")", e);
    }
  }

  private long number(int at) {
    return Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt(at));
  }
}
