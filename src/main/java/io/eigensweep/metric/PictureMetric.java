package io.eigensweep.metric;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What is measured of a picture's reconstruction beside PSNR. A new one is a constant here: its
 * column, its statistics and its place in tables follow.
 */
public enum PictureMetric {
  /** {@link Ssim}. */
  SSIM(
      "ssim",
      "structural similarity of the reconstruction, clamped to [0,1] as for psnr; NULL for a side"
          + " under 11 pixels",
      "SSIM",
      true) {
    @Override
    OptionalDouble between(float[] reference, float[] output, int height, int width, int channels) {
      return Ssim.of(reference, output, height, width, channels);
    }
  },
  /** {@link MsSsim}. */
  MS_SSIM("ms_ssim", "multi-scale structural similarity, clamped likewise", "MS-SSIM", true) {
    @Override
    OptionalDouble between(float[] reference, float[] output, int height, int width, int channels) {
      return MsSsim.of(reference, output, height, width, channels)
          .map(value -> OptionalDouble.of(value.value()))
          .orElse(OptionalDouble.empty());
    }
  },
  /** {@link Hfen}. */
  HFEN(
      "hfen",
      "high-frequency error norm of the reconstruction, clamped likewise: that of the error after a"
          + " Laplacian of a Gaussian of 1.5 pixels over that of the picture; NULL for a constant"
          + " picture",
      "HFEN",
      false) {
    @Override
    OptionalDouble between(float[] reference, float[] output, int height, int width, int channels) {
      return Hfen.of(reference, output, height, width, channels);
    }
  };

  private final String column;
  private final String meaning;
  private final String label;
  private final boolean higherIsBetter;

  PictureMetric(String column, String meaning, String label, boolean higherIsBetter) {
    this.column = column;
    this.meaning = meaning;
    this.label = label;
    this.higherIsBetter = higherIsBetter;
  }

  /**
   * Its value for two pictures with index (row·width + column)·channels + channel; empty where it
   * is not defined.
   */
  abstract OptionalDouble between(
      float[] reference, float[] output, int height, int width, int channels);

  /** The name of its column. */
  public String column() {
    return column;
  }

  /** One sentence without a final stop. */
  public String meaning() {
    return meaning;
  }

  /** What tables call it. */
  public String label() {
    return label;
  }

  /** Whether larger values are better. */
  public boolean higherIsBetter() {
    return higherIsBetter;
  }

  /** Every metric of {@code output} that is defined, against {@code reference}. */
  public static Map<PictureMetric, Double> of(
      float[] reference, float[] output, int height, int width, int channels) {
    Map<PictureMetric, Double> values = new EnumMap<>(PictureMetric.class);
    for (PictureMetric metric : values()) {
      metric
          .between(reference, output, height, width, channels)
          .ifPresent(value -> values.put(metric, value));
    }
    return values;
  }
}
