package io.eigensweep.signal;

import org.apache.hadoop.fs.FileStatus;

/**
 * What a listing tells of a file's content without opening it: files with different stamps may
 * differ, one file with the same stamp has most likely not been touched.
 *
 * @param bytes the file's length
 * @param modified when it was written, milliseconds since 1970
 */
public record FileStamp(long bytes, long modified) {

  static FileStamp of(FileStatus status) {
    return new FileStamp(status.getLen(), status.getModificationTime());
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException when it is something else
   */
  public static FileStamp parse(String text) {
    int at = text.indexOf('@');
    if (at < 1) {
      throw new IllegalArgumentException("a file's stamp is BYTES@MILLISECONDS, got " + text);
    }
    return new FileStamp(
        Long.parseLong(text.substring(0, at)), Long.parseLong(text.substring(at + 1)));
  }

  @Override
  public String toString() {
    return bytes + "@" + modified;
  }
}
