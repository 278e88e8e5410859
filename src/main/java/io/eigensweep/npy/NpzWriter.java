package io.eigensweep.npy;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.ejml.data.DMatrixRMaj;

/**
 * Writes an archive that {@code numpy.load} opens: a zip file of arrays in format 1.0 (float64,
 * little endian, C order), and texts beside them, which it gives back as bytes.
 */
public final class NpzWriter implements AutoCloseable {
  private static final int ALIGNMENT = 64;

  /** The zip format's first day, so that the same arrays give the same bytes. */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final ZipOutputStream zip;

  /** An archive in {@code target}, which {@link #close} closes. */
  public NpzWriter(OutputStream target) {
    zip = new ZipOutputStream(new BufferedOutputStream(target, 1 << 16));
    zip.setLevel(Deflater.BEST_SPEED); // zeros of triangles go; the other digits can't be packed
  }

  /** Adds {@code matrix} as the array {@code name}. */
  public void add(String name, DMatrixRMaj matrix) throws IOException {
    begin(name + ".npy");
    zip.write(header(matrix.numRows, matrix.numCols));
    ByteBuffer row =
        ByteBuffer.allocate(matrix.numCols * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < matrix.numRows; i++) {
      row.asDoubleBuffer().put(matrix.data, i * matrix.numCols, matrix.numCols);
      zip.write(row.array());
    }
    zip.closeEntry();
  }

  /** Adds {@code text} as the file {@code name}. */
  public void add(String name, String text) throws IOException {
    begin(name);
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  private void begin(String name) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(NO_TIME);
    zip.putNextEntry(entry);
  }

  private static byte[] header(int rows, int columns) {
    String text =
        "{'descr': '<f8', 'fortran_order': False, 'shape': (" + rows + ", " + columns + "), }";
    int before = 10;
    int padding = ALIGNMENT - (before + text.length() + 1) % ALIGNMENT;
    byte[] ascii = (text + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(before + ascii.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
        .putShort((short) ascii.length)
        .put(ascii)
        .array();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
