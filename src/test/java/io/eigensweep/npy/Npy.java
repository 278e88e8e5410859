package io.eigensweep.npy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ejml.data.DMatrixRMaj;

/** Writes {@code .npy} files as NumPy would, in every layout, and ones that it would not. */
public final class Npy {
  private Npy() {}

  /** How an array lies in its file. */
  public record Layout(int version, boolean single, boolean big, boolean fortran) {
    /** Format 1.0, float64, little endian, C order. */
    public static final Layout PLAIN = new Layout(1, false, false, false);

    /** The same in float32. */
    public static final Layout SINGLE = new Layout(1, true, false, false);

    String descr() {
      return (big ? ">" : "<") + (single ? "f4" : "f8");
    }
  }

  /** Writes {@code matrix} to {@code path}. */
  public static Path write(Path path, DMatrixRMaj matrix, Layout layout) {
    return write(path, bytes(matrix, layout));
  }

  /** Writes {@code bytes} to {@code path}. */
  public static Path write(Path path, byte[] bytes) {
    try {
      return Files.write(path, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file of {@code matrix}. */
  public static byte[] bytes(DMatrixRMaj matrix, Layout layout) {
    byte[] header =
        header(
            layout.version(),
            "{'descr': '"
                + layout.descr()
                + "', 'fortran_order': "
                + (layout.fortran() ? "True" : "False")
                + ", 'shape': ("
                + matrix.numRows
                + ", "
                + matrix.numCols
                + "), }");
    int width = layout.single() ? Float.BYTES : Double.BYTES;
    ByteBuffer file =
        ByteBuffer.allocate(header.length + matrix.getNumElements() * width)
            .order(layout.big() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
            .put(header);
    int outer = layout.fortran() ? matrix.numCols : matrix.numRows;
    int inner = layout.fortran() ? matrix.numRows : matrix.numCols;
    for (int i = 0; i < outer; i++) {
      for (int j = 0; j < inner; j++) {
        double value = layout.fortran() ? matrix.get(j, i) : matrix.get(i, j);
        if (layout.single()) {
          file.putFloat((float) value);
        } else {
          file.putDouble(value);
        }
      }
    }
    return file.array();
  }

  /** The beginning of a file of this version with this dictionary. */
  public static byte[] header(int version, String dictionary) {
    int before = version == 1 ? 10 : 12;
    int length = (before + dictionary.length() + 1 + 63) / 64 * 64 - before;
    byte[] text =
        (dictionary + " ".repeat(length - dictionary.length() - 1) + "\n")
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer header =
        ByteBuffer.allocate(before + length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) 0x93)
            .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
            .put((byte) version)
            .put((byte) 0);
    if (version == 1) {
      header.putShort((short) length);
    } else {
      header.putInt(length);
    }
    return header.put(text).array();
  }
}
