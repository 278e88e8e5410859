package io.eigensweep.aggregate;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The quality of a setting's surfaces.
 *
 * @param iou overlap of the insides on uniform points
 * @param iouNear the same on points near the surface
 * @param chamferL1 mean distance of the surfaces, in sides of the cube
 * @param fScore harmonic mean of the shares that are near the other surface
 * @param normalConsistency how alike the normals are
 */
public record SurfaceStatistics(
    Moments iou, Moments iouNear, Moments chamferL1, Moments fScore, Moments normalConsistency) {

  /** The quality of one trial's surface; each value is null where it is not defined. */
  public record OfTrial(
      @Nullable Double iou,
      @Nullable Double iouNear,
      @Nullable Double chamferL1,
      @Nullable Double fScore,
      @Nullable Double normalConsistency) {}

  static SurfaceStatistics of(List<OfTrial> trials) {
    return new SurfaceStatistics(
        moments(trials, OfTrial::iou),
        moments(trials, OfTrial::iouNear),
        moments(trials, OfTrial::chamferL1),
        moments(trials, OfTrial::fScore),
        moments(trials, OfTrial::normalConsistency));
  }

  private static Moments moments(List<OfTrial> trials, Function<OfTrial, @Nullable Double> metric) {
    return Moments.of(trials.stream().map(metric).filter(Objects::nonNull).toList());
  }

  /** Whether there is a surface among the trials. */
  public boolean isPresent() {
    return fScore.n() > 0;
  }
}
