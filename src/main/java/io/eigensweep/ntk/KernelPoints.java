package io.eigensweep.ntk;

import java.util.List;

/**
 * The points of a trial's kernels.
 *
 * @param sample points that stand for the whole signal
 * @param sampleOfTraining whether all of them are training points
 * @param training every training point
 * @param windows of neighbouring training points; none where the pattern has none
 */
public record KernelPoints(
    KernelSample sample, boolean sampleOfTraining, KernelSample training, List<Window> windows) {

  /**
   * Neighbouring training points.
   *
   * @param place which window and where, in words
   * @param side k when they are k × k pixels, rows outer, else 0
   * @param chosen their indices in the training set; not copied
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Window(String place, int side, int[] chosen) {}

  public KernelPoints {
    windows = List.copyOf(windows);
  }

  /** A sample that is all there is. */
  public static KernelPoints of(KernelSample sample) {
    return new KernelPoints(sample, true, sample, List.of());
  }

  /** Whether so many different training points are all of them. */
  boolean isEvery(int count) {
    return count == training.points().count();
  }

  /** Whether the sample is every training point. */
  boolean sampleIsTraining() {
    return sampleOfTraining && isEvery(sample.points().count());
  }

  /** The points of {@code window}. */
  KernelSample of(Window window) {
    return training.select(window.chosen(), window.side());
  }
}
