package io.eigensweep.picture;

/**
 * A decoded picture as it is stored, one row at a time: sRGB values divided by their maximum,
 * whatever the file's own sample format. Nothing but the decoder's own buffer is in memory.
 */
public interface StoredPicture {

  /** Pixels per row. */
  int width();

  /** Rows. */
  int height();

  /**
   * Writes row {@code y} to {@code rgb}.
   *
   * @param rgb at least 3·width values; index 3·column + channel
   */
  void row(int y, double[] rgb);
}
