package io.eigensweep.npy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A two-dimensional array of float32 or float64 in a {@code .npy} file, read in blocks, in any
 * memory order and byte order. Nothing is unpickled.
 */
public final class NpyFile implements AutoCloseable {
  private static final int CHUNK = 1 << 20;

  private final Path path;
  private final FileChannel channel;
  private final NpyHeader header;

  private NpyFile(Path path, FileChannel channel, NpyHeader header) {
    this.path = path;
    this.channel = channel;
    this.header = header;
  }

  /**
   * The array in {@code path}, of which the header is read and the length compared.
   *
   * @throws UnreadableArrayException when the file can't be opened, is no such array, is truncated
   *     or goes on after its numbers
   */
  public static NpyFile open(Path path) {
    FileChannel channel = null;
    try {
      if (Files.isDirectory(path)) {
        throw new UnreadableArrayException("is a folder");
      }
      channel = FileChannel.open(path, StandardOpenOption.READ);
      ByteBuffer start = ByteBuffer.allocate(NpyHeader.LONGEST);
      fill(channel, start, 0);
      byte[] bytes = new byte[start.position()];
      start.flip().get(bytes);
      NpyFile file = new NpyFile(path, channel, NpyHeader.parse(bytes));
      file.requireLength(channel.size());
      return file;
    } catch (UnreadableArrayException | IOException e) {
      close(channel);
      throw new UnreadableArrayException(path + " " + reason(e));
    }
  }

  private void requireLength(long found) {
    double wanted = header.bytes() + (double) rows() * columns() * width();
    if (found == wanted) {
      return;
    }
    String array =
        String.format(Locale.ROOT, "%d × %d numbers of %s end", rows(), columns(), dtype());
    throw new UnreadableArrayException(
        found < wanted
            ? String.format(
                Locale.ROOT,
                "is truncated: its %s at byte %.0f, the file at %d",
                array,
                wanted,
                found)
            : String.format(
                Locale.ROOT, "has %.0f bytes too many: its %s there", found - wanted, array));
  }

  /** Rows of the array. */
  public long rows() {
    return header.rows();
  }

  /** Columns of the array. */
  public long columns() {
    return header.columns();
  }

  /** Whether the numbers are float32; else they are float64. */
  public boolean isSingle() {
    return header.single();
  }

  /** {@code float32} or {@code float64}. */
  public String dtype() {
    return header.single() ? "float32" : "float64";
  }

  /** The memory order and byte order, for example {@code C order, little endian}. */
  public String layout() {
    return (header.fortran() ? "Fortran" : "C")
        + " order, "
        + header.order().toString().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /**
   * Reads the rows and columns from {@code row}, {@code column} on that fill {@code target}.
   *
   * @throws UnreadableArrayException when a number is not finite
   */
  public void read(long row, long column, DMatrixRMaj target) {
    int lines = header.fortran() ? target.numCols : target.numRows;
    int length = header.fortran() ? target.numRows : target.numCols;
    ByteBuffer buffer = ByteBuffer.allocate(length * width()).order(header.order());
    for (int line = 0; line < lines; line++) {
      long first =
          header.fortran()
              ? (column + line) * header.rows() + row
              : (row + line) * header.columns() + column;
      readFully(buffer.clear(), header.bytes() + first * width());
      for (int i = 0; i < length; i++) {
        double value =
            header.single() ? buffer.getFloat(i * width()) : buffer.getDouble(i * width());
        int r = header.fortran() ? i : line;
        int c = header.fortran() ? line : i;
        if (!Double.isFinite(value)) {
          throw new UnreadableArrayException(
              String.format(
                  Locale.ROOT, "%s: entry (%d, %d) is %s", path, row + r, column + c, value));
        }
        target.data[r * target.numCols + c] = value;
      }
    }
  }

  /** The SHA-256 of the whole file in hexadecimal. */
  public String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
      for (long at = 0; ; at += chunk.limit()) {
        fill(channel, chunk.clear(), at);
        digest.update(chunk.flip());
        if (chunk.limit() < CHUNK) {
          return HexFormat.of().formatHex(digest.digest());
        }
      }
    } catch (IOException e) {
      throw new UnreadableArrayException(path + " " + reason(e));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private int width() {
    return header.single() ? Float.BYTES : Double.BYTES;
  }

  private void readFully(ByteBuffer buffer, long position) {
    try {
      fill(channel, buffer, position);
    } catch (IOException e) {
      throw new UnreadableArrayException(path + " " + reason(e));
    }
    if (buffer.hasRemaining()) {
      throw new UnreadableArrayException(path + " has become shorter while it was read");
    }
  }

  private static void fill(FileChannel channel, ByteBuffer buffer, long position)
      throws IOException {
    long at = position;
    while (buffer.hasRemaining()) {
      int count = channel.read(buffer, at);
      if (count < 0) {
        return;
      }
      at += count;
    }
  }

  private static String reason(Exception e) {
    if (e instanceof UnreadableArrayException) {
      return String.valueOf(e.getMessage());
    }
    if (e instanceof NoSuchFileException) {
      return "is not there";
    }
    return e instanceof AccessDeniedException
        ? "may not be read"
        : "can't be read: " + e.getMessage();
  }

  private static void close(@Nullable FileChannel open) {
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    close(channel);
  }
}
