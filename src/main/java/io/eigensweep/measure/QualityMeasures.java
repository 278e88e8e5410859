package io.eigensweep.measure;

import static io.eigensweep.measure.Measure.ofPart;
import static io.eigensweep.measure.Measure.real;
import static io.eigensweep.measure.Measure.text;
import static io.eigensweep.measure.Measure.whole;

import io.eigensweep.measure.Measure.Best;
import io.eigensweep.measure.Measure.View;
import io.eigensweep.measure.Summary.Counts;
import io.eigensweep.measure.Summary.Moments;
import io.eigensweep.measure.Summary.Population;
import io.eigensweep.measure.Summary.Section;
import io.eigensweep.metric.PictureMetric;
import io.eigensweep.picture.JpegReference;
import io.eigensweep.trial.TrialResult;
import io.eigensweep.trial.TrialResult.HeldOut;
import io.eigensweep.trial.TrialResult.PictureQuality;
import io.eigensweep.trial.TrialResult.Quality;
import io.eigensweep.trial.TrialResult.SurfaceQuality;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How good the network's output is, and the JPEG of as many bytes. */
public final class QualityMeasures {
  private static final MeasureList LIST = new MeasureList();

  /** PSNR in dB. */
  public static final Measure<TrialResult, Double> PSNR =
      LIST.add(
          real(
                  "psnr",
                  "dB",
                  "PSNR of the reconstruction, clamped to [0,1], peak 1; of a surface that of the"
                      + " field on uniform held-out points, clamped to their range, the peak; NULL"
                      + " when exact, or where they are all alike",
                  quality(Quality::psnr))
              .summed(new Moments(Section.QUALITY, "PSNR"))
              .paired("PSNR"));

  private static final Map<PictureMetric, Measure<TrialResult, Double>> OF_PICTURES = ofPictures();

  /** SSIM. */
  public static final Measure<TrialResult, Double> SSIM = of(PictureMetric.SSIM);

  /** MS-SSIM. */
  public static final Measure<TrialResult, Double> MS_SSIM = of(PictureMetric.MS_SSIM);

  static {
    LIST.add(
        whole(
            "ms_ssim_scales",
            "",
            "scales that ms_ssim used",
            picture(PictureQuality::msSsimScales)));
    LIST.add(
        real(
                "iou",
                "",
                "intersection over union of the solids on uniform held-out points",
                surface(SurfaceQuality::iou))
            .summed(
                new Moments(
                    Section.QUALITY, "overlap of the insides on held-out points of the cube")));
    LIST.add(
        real(
                "iou_near",
                "",
                "the same on held-out points near the surface",
                surface(SurfaceQuality::iouNear))
            .summed(
                new Moments(
                    Section.QUALITY, "overlap of the insides on held-out points near the surface"))
            .shown(new View(1, "IoU near", 3, Best.HIGHEST, true)));
    LIST.add(
        real(
                "chamfer_l1",
                "cube sides",
                "½(mean distance from extracted to true surface + the other way round)",
                surface(SurfaceQuality::chamferL1))
            .summed(new Moments(Section.QUALITY, "Chamfer-L1 distance of the surfaces"))
            .shown(new View(3, "Chamfer-L1", 4, Best.NONE, true)));
    LIST.add(
        real(
            "chamfer_l2",
            "cube sides²",
            "the same of squared distances",
            surface(SurfaceQuality::chamferL2)));
    LIST.add(
        real(
                "f_score",
                "",
                "harmonic mean of the shares of either surface within 1 % of the cube's side of the"
                    + " other; 0 when nothing was extracted",
                surface(SurfaceQuality::fScore))
            .summed(
                new Moments(Section.QUALITY, "F-score of the surfaces at 1 % of the cube's side"))
            .shown(new View(2, "F-score", 3, Best.HIGHEST, true)));
    LIST.add(
        real(
                "normal_consistency",
                "",
                "mean |n·n'| of a point's normal and that of the closest face, of both directions",
                surface(SurfaceQuality::normalConsistency))
            .summed(new Moments(Section.QUALITY, "normal consistency of the surfaces"))
            .shown(new View(4, "normals", 3, Best.HIGHEST, true)));
    LIST.add(
        whole(
            "extracted_triangles",
            "",
            "triangles of the extracted surface",
            surface(SurfaceQuality::triangles)));
    LIST.add(
        real(
            "psnr_trained",
            "dB",
            "PSNR over the trained pixels when the others are held out; NULL when all are trained"
                + " on, or when it is exact",
            heldOut(HeldOut::trainedPsnr)));
    LIST.add(
        real(
            "psnr_held_out",
            "dB",
            "PSNR over the pixels that were held out; psnr, ssim and ms_ssim are of all pixels;"
                + " NULL likewise",
            heldOut(HeldOut::heldOutPsnr)));
    LIST.add(
        text(
                "jpeg_fit",
                "the JPEG of the picture in at most 4·parameters bytes, the better of halved and"
                    + " full chroma: fitted (quality by bisection), best (quality 100 fits, so"
                    + " more bytes would not help), none (quality 1 takes more: the other jpeg"
                    + " columns are NULL)",
                picture(QualityMeasures::fit))
            .summed(
                new Counts(
                    Section.JPEG_FIT,
                    Population.SUCCEEDED,
                    List.of(
                        new Counts.Name(
                            "best",
                            "jpeg_best",
                            "trials with more bytes than the JPEG of quality 100"),
                        new Counts.Name(
                            "none",
                            "jpeg_none",
                            "trials with fewer bytes than the JPEG of quality 1")))));
    LIST.add(whole("jpeg_bytes", "bytes", "size of that file", jpeg(JpegReference::bytes)));
    LIST.add(whole("jpeg_quality", "", "its quality, 1 to 100", jpeg(JpegReference::quality)));
  }

  /** PSNR of that JPEG. */
  public static final Measure<TrialResult, Double> JPEG_PSNR =
      LIST.add(
          real(
                  "jpeg_psnr",
                  "dB",
                  "PSNR of the decoded file; NULL when it is exact",
                  jpeg(JpegReference::psnr))
              .summed(new Moments(Section.JPEG, "PSNR of the JPEG in at most as many bytes")));

  static {
    LIST.add(real("jpeg_ssim", "", "its structural similarity", jpeg(JpegReference::ssim)));
  }

  /** MS-SSIM of that JPEG. */
  public static final Measure<TrialResult, Double> JPEG_MS_SSIM =
      LIST.add(
          real(
                  "jpeg_ms_ssim",
                  "",
                  "its multi-scale structural similarity",
                  jpeg(JpegReference::msSsim))
              .summed(new Moments(Section.JPEG, "MS-SSIM of the JPEG in at most as many bytes")));

  private QualityMeasures() {}

  static List<Measure<TrialResult, ?>> all() {
    return LIST.all();
  }

  /** Of {@code metric}. */
  public static Measure<TrialResult, Double> of(PictureMetric metric) {
    return Objects.requireNonNull(OF_PICTURES.get(metric));
  }

  private static Map<PictureMetric, Measure<TrialResult, Double>> ofPictures() {
    Map<PictureMetric, Measure<TrialResult, Double>> all = new EnumMap<>(PictureMetric.class);
    for (PictureMetric metric : PictureMetric.values()) {
      all.put(
          metric,
          LIST.add(
              Measure.<TrialResult>real(
                      metric.column(),
                      "",
                      metric.meaning(),
                      picture(quality -> quality.metrics().get(metric)))
                  .summed(new Moments(Section.QUALITY, metric.label()))
                  .paired(metric.label())
                  .shown(
                      new View(
                          0,
                          metric.label(),
                          3,
                          metric.higherIsBetter() ? Best.HIGHEST : Best.LOWEST,
                          false))));
    }
    return all;
  }

  private static String fit(PictureQuality quality) {
    JpegReference jpeg = quality.jpeg();
    if (jpeg == null) {
      return "none";
    }
    return jpeg.saturated() ? "best" : "fitted";
  }

  private static <T> Function<TrialResult, @Nullable T> quality(
      Function<Quality, @Nullable T> value) {
    return ofPart(TrialResult::quality, value);
  }

  /** Null where there is no picture's quality. */
  static <T> Function<TrialResult, @Nullable T> picture(
      Function<PictureQuality, @Nullable T> value) {
    return quality(quality -> quality.picture() == null ? null : value.apply(quality.picture()));
  }

  private static <T> Function<TrialResult, @Nullable T> surface(
      Function<SurfaceQuality, @Nullable T> value) {
    return quality(quality -> quality.surface() == null ? null : value.apply(quality.surface()));
  }

  private static <T> Function<TrialResult, @Nullable T> heldOut(
      Function<HeldOut, @Nullable T> value) {
    return picture(quality -> quality.heldOut() == null ? null : value.apply(quality.heldOut()));
  }

  private static <T> Function<TrialResult, @Nullable T> jpeg(
      Function<JpegReference, @Nullable T> value) {
    return picture(quality -> quality.jpeg() == null ? null : value.apply(quality.jpeg()));
  }
}
