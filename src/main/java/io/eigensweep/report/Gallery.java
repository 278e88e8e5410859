package io.eigensweep.report;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of a report: for some of the sweep's pictures what some settings made of them.
 *
 * @param entries one for each picture
 * @param pictures how many pictures the sweep has with a succeeded trial; not all may be shown
 */
public record Gallery(List<Entry> entries, int pictures) {
  /** No pictures. */
  public static final Gallery EMPTY = new Gallery(List.of(), 0);

  /** The most pictures that a page shows. */
  public static final int MAX_PICTURES = 100;

  /** Up to so many pictures have large thumbnails. */
  private static final int FEW_PICTURES = 25;

  /**
   * The side of thumbnails in pixels when {@code pictures} are shown, so that even noise, which
   * does not compress, stays within some 15 MB.
   */
  public static int side(int pictures) {
    return pictures <= FEW_PICTURES ? 224 : 112;
  }

  /**
   * One picture of the sweep.
   *
   * @param name for the list
   * @param original the picture itself, null when it can't be read any more
   * @param note what the reader must know of it, null when nothing
   * @param trials what the settings made of it
   */
  public record Entry(
      String name, @Nullable Shot original, @Nullable String note, List<TrialShots> trials)
      implements Serializable {}

  /**
   * What one trial made of a picture.
   *
   * @param setting name of its setting
   * @param trialId the trial
   * @param psnr in dB
   * @param msSsim MS-SSIM
   * @param shots its pictures, in the order of showing: reconstruction, error map, learned grid, …
   * @param frequencies centre of each ring of frequencies, in cycles per pixel
   * @param error part of the mean squared error in that ring
   */
  public record TrialShots(
      String setting,
      String trialId,
      @Nullable Double psnr,
      @Nullable Double msSsim,
      List<Shot> shots,
      List<Double> frequencies,
      List<Double> error)
      implements Serializable {}

  /**
   * A small picture.
   *
   * @param title what it shows
   * @param png its file, PNG or JPEG
   * @param caption how to read it
   * @param file the artifact it was made from, relative to {@code artifacts/<id>/}, null when none
   */
  @SuppressWarnings("ArrayRecordComponent") // shots are shown, not compared
  public record Shot(String title, byte[] png, String caption, @Nullable String file)
      implements Serializable {}
}
