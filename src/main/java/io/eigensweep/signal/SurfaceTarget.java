package io.eigensweep.signal;

import io.eigensweep.metric.Loss;
import io.eigensweep.settings.SettingException;

/** What a network learns of a surface. */
public enum SurfaceTarget {
  /** 1 inside, 0 outside. */
  OCCUPANCY,
  /** The signed distance in sides of the cube, negative inside. */
  SDF;

  /** Refuses losses that mean nothing for this target. */
  void check(Loss loss) {
    if (loss == Loss.BCE && this != OCCUPANCY) {
      throw new SettingException("loss", "bce needs target: occupancy; sdf needs loss: mse");
    }
  }

  /**
   * How far inside a network's output says a point is: positive inside, 0 on the surface.
   *
   * @param output of a network that was trained with {@code loss}
   */
  public double insideness(double output, Loss loss) {
    return switch (this) {
      case OCCUPANCY -> loss == Loss.BCE ? output : output - 0.5;
      case SDF -> -output;
    };
  }
}
