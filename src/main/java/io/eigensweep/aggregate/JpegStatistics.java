package io.eigensweep.aggregate;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The JPEG files of as many bytes as the trainable numbers of a setting, over its pictures.
 *
 * @param psnr PSNR in dB of the decoded files
 * @param msSsim MS-SSIM of them
 * @param best trials whose numbers take more bytes than the file of the highest quality
 * @param none trials whose numbers take fewer than that of the lowest
 */
public record JpegStatistics(Moments psnr, Moments msSsim, int best, int none) {

  /**
   * The file of one trial.
   *
   * @param fit {@code fitted}, {@code best} or {@code none}
   */
  public record OfTrial(String fit, @Nullable Double psnr, @Nullable Double msSsim) {}

  static JpegStatistics of(List<OfTrial> files) {
    return new JpegStatistics(
        Moments.of(files.stream().map(OfTrial::psnr).filter(Objects::nonNull).toList()),
        Moments.of(files.stream().map(OfTrial::msSsim).filter(Objects::nonNull).toList()),
        count(files, "best"),
        count(files, "none"));
  }

  private static int count(List<OfTrial> files, String fit) {
    return (int) files.stream().filter(file -> file.fit().equals(fit)).count();
  }

  /** Whether more bytes would not have made any of the files better. */
  public boolean allBest() {
    return best > 0 && best == psnr.n();
  }

  /** The counts by column. */
  void putInto(Map<String, @Nullable Object> values) {
    values.put("jpeg_best", best);
    values.put("jpeg_none", none);
  }
}
