package io.eigensweep.measure;

import static io.eigensweep.measure.Measure.real;
import static io.eigensweep.measure.Measure.text;

import io.eigensweep.measure.Summary.Counts;
import io.eigensweep.measure.Summary.Median;
import io.eigensweep.measure.Summary.Population;
import io.eigensweep.measure.Summary.Section;
import io.eigensweep.metric.Detail;
import io.eigensweep.settings.Names;
import io.eigensweep.trial.TrialResult;
import io.eigensweep.trial.TrialResult.TrainingFacts;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What went wrong, and the figures that show it. */
public final class SymptomMeasures {
  private static final MeasureList LIST = new MeasureList();

  /** The share of detail in the picture. */
  public static final Measure<TrialResult, Double> PICTURE_DETAIL =
      LIST.add(
          real(
                  "picture_detail_share",
                  "",
                  "share of the picture's energy (DCT, without the mean) at radial frequencies from"
                      + " half of Nyquist's on",
                  detail(Detail::pictureShare))
              .summed(median("median share of the picture's energy in detail")));

  /** The share of detail in the error. */
  public static final Measure<TrialResult, Double> ERROR_DETAIL =
      LIST.add(
          real(
                  "error_detail_share",
                  "",
                  "the same share of the error's energy: its high-frequency share; 0.80 when white",
                  detail(Detail::errorShare))
              .summed(median("median share of the error's energy in detail")));

  /** How much of the picture's detail the output has. */
  public static final Measure<TrialResult, Double> DETAIL_KEPT =
      LIST.add(
          real(
                  "detail_kept",
                  "",
                  "energy of the output at these frequencies over that of the picture",
                  detail(Detail::kept))
              .summed(median("median energy of the output's detail over that of the picture")));

  static {
    LIST.add(
        real(
            "flow_time",
            "",
            "time t of the gradient flow that the steps stand for: the sum of their learning"
                + " rates, over 1 − momentum; NULL with adam",
            TrainingMeasures.of(TrainingFacts::flowTime)));
  }

  /** How far the slowest mode has come. */
  public static final Measure<TrialResult, Double> SLOWEST_MODE =
      LIST.add(
          real(
                  "slowest_mode_exponent",
                  "",
                  "2·λ_min·flow_time/(NC): its part of the residual has fallen by exp of minus this;"
                      + " NULL when λ_min is not resolved",
                  convergence(Convergence::slowestExponent))
              .summed(median("median of the slowest mode's exponent, where known")));

  /** How many modes had too little time. */
  public static final Measure<TrialResult, Double> UNCONVERGED_MODES =
      LIST.add(
          real(
                  "unconverged_modes",
                  "",
                  "share of the kernel's modes with 2·λ·flow_time/(NC) < 1 at the last checkpoint",
                  convergence(Convergence::unconvergedModes))
              .summed(median("median share of modes without enough training time")));

  /** What went wrong. */
  public static final Measure<TrialResult, String> SIGNATURES =
      LIST.add(
          text(
                  "failure_signatures",
                  "what went wrong, comma-separated, empty when nothing shows: blur (detail_kept < "
                      + FailureSignature.DETAIL_KEPT
                      + "), aliasing (psnr_trained − psnr_held_out ≥ "
                      + FailureSignature.HELD_OUT_GAP
                      + " dB), slow (unconverged_modes > "
                      + FailureSignature.UNCONVERGED_MODES
                      + "), not-lazy (kernel_drift > "
                      + FailureSignature.DRIFT
                      + "), memory (status OUT_OF_MEMORY)",
                  SymptomMeasures::signatures)
              .summed(
                  new Counts(
                      Section.SIGNATURES,
                      Population.ALL,
                      Arrays.stream(FailureSignature.values())
                          .map(SymptomMeasures::counted)
                          .toList())));

  private SymptomMeasures() {}

  static List<Measure<TrialResult, ?>> all() {
    return LIST.all();
  }

  /** The column with the number of trials that show {@code signature}. */
  public static String column(FailureSignature signature) {
    return "signature_" + Names.of(signature).replace('-', '_');
  }

  private static Counts.Name counted(FailureSignature signature) {
    String name = Names.of(signature);
    return new Counts.Name(
        name, column(signature), "trials, whatever their fate, with the failure signature " + name);
  }

  private static String signatures(TrialResult result) {
    return FailureSignature.of(result).stream().map(Names::of).collect(Collectors.joining(","));
  }

  private static Median median(String meaning) {
    return new Median(Section.SYMPTOMS, Population.ALL, meaning);
  }

  private static Function<TrialResult, @Nullable Double> detail(Function<Detail, Double> value) {
    return QualityMeasures.picture(quality -> value.apply(quality.detail()));
  }

  private static Function<TrialResult, @Nullable Double> convergence(
      Function<Convergence, @Nullable Double> value) {
    return result -> Convergence.of(result).map(value).orElse(null);
  }
}
