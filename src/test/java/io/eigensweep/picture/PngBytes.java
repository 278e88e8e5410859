package io.eigensweep.picture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes PNG files of every colour type, sound or broken, chunk by chunk (PNG 1.2, unfiltered). */
public final class PngBytes {
  public static final int GRAY = 0;
  public static final int RGB = 2;
  public static final int PALETTE = 3;
  public static final int GRAY_ALPHA = 4;
  public static final int RGBA = 6;

  private final byte[] header;
  private final List<byte[]> before = new ArrayList<>();
  private byte[] data = new byte[0];
  private int piece = Integer.MAX_VALUE;
  private int crcError;

  private PngBytes(byte[] header) {
    this.header = header;
  }

  /** A picture of that header; {@code depth} is bits per sample. */
  public static PngBytes of(int width, int height, int depth, int colourType) {
    return new PngBytes(
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put((byte) depth)
            .put((byte) colourType)
            .array());
  }

  /** Adds a chunk before the data. */
  public PngBytes chunk(String type, byte... content) {
    before.add(chunkBytes(type, content, 0));
    return this;
  }

  /** The rows as packed samples. */
  public PngBytes rows(byte[]... rows) {
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    for (byte[] row : rows) {
      raw.write(0);
      raw.writeBytes(row);
    }
    Deflater deflater = new Deflater();
    deflater.setInput(raw.toByteArray());
    deflater.finish();
    byte[] buffer = new byte[raw.size() + 256];
    int length = deflater.deflate(buffer);
    deflater.end();
    data = Arrays.copyOf(buffer, length);
    return this;
  }

  /** Cuts the data into chunks of {@code bytes}. */
  public PngBytes pieces(int bytes) {
    piece = bytes;
    return this;
  }

  /** Spoils the checksum of the data. */
  public PngBytes badChecksum() {
    crcError = 1;
    return this;
  }

  public byte[] build() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(HexFormat.of().parseHex("89504e470d0a1a0a"));
    out.writeBytes(chunkBytes("IHDR", header, 0));
    before.forEach(out::writeBytes);
    for (int from = 0; from < data.length; from += Math.min(piece, data.length - from)) {
      int to = from + Math.min(piece, data.length - from);
      out.writeBytes(chunkBytes("IDAT", Arrays.copyOfRange(data, from, to), crcError));
    }
    out.writeBytes(chunkBytes("IEND", new byte[0], 0));
    return out.toByteArray();
  }

  /** Bytes from numbers 0–255. */
  public static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] chunkBytes(String type, byte[] content, int crcError) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(content);
    return ByteBuffer.allocate(12 + content.length)
        .putInt(content.length)
        .put(name)
        .put(content)
        .putInt((int) crc.getValue() + crcError)
        .array();
  }
}
