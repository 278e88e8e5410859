package io.eigensweep.certify;

import io.eigensweep.npy.NpyFile;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.ejml.data.DMatrixRMaj;

/** A Jacobian in blocks of columns, read from its file each time. */
final class ColumnBlocks implements Iterable<DMatrixRMaj> {
  private static final int LEAST = 1024;

  private final NpyFile file;

  ColumnBlocks(NpyFile file) {
    this.file = file;
  }

  /** Columns of all blocks. */
  long columns() {
    return file.columns();
  }

  /** Columns of a block but the last. */
  int width() {
    return width((double) file.columns());
  }

  /** Columns of a block, of {@code columns}: several of the blocks that sums are taken in. */
  static int width(double columns) {
    int block = Rounding.block((long) columns);
    return (int) Math.min(columns, block * Math.ceil((double) LEAST / block));
  }

  @Override
  public Iterator<DMatrixRMaj> iterator() {
    return new Iterator<>() {
      private long column;

      @Override
      public boolean hasNext() {
        return column < file.columns();
      }

      @Override
      public DMatrixRMaj next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        int count = (int) Math.min(width(), file.columns() - column);
        DMatrixRMaj block = new DMatrixRMaj((int) file.rows(), count);
        file.read(0, column, block);
        column += count;
        return block;
      }
    };
  }
}
