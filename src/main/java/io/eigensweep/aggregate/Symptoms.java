package io.eigensweep.aggregate;

import io.eigensweep.measure.FailureSignature;
import io.eigensweep.spec.Names;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong in the trials of a setting: how many show which signature, and the medians of the
 * figures over the trials that have them.
 *
 * @param counts trials by signature; every signature is a key
 * @param pictureDetailShare share of the pictures' energy that is detail
 * @param errorDetailShare the same of the errors
 * @param detailKept energy of the outputs' detail over that of the pictures
 * @param slowestModeExponent decay of the slowest mode
 * @param unconvergedModes share of the kernel's modes without enough training time
 * @param kernelDrift relative movement of the kernel
 */
public record Symptoms(
    Map<FailureSignature, Integer> counts,
    @Nullable Double pictureDetailShare,
    @Nullable Double errorDetailShare,
    @Nullable Double detailKept,
    @Nullable Double slowestModeExponent,
    @Nullable Double unconvergedModes,
    @Nullable Double kernelDrift) {

  /** What one trial's row says: its signatures, in their order, and the figures as above. */
  public record OfTrial(
      List<FailureSignature> shown,
      @Nullable Double pictureDetailShare,
      @Nullable Double errorDetailShare,
      @Nullable Double detailKept,
      @Nullable Double slowestModeExponent,
      @Nullable Double unconvergedModes,
      @Nullable Double kernelDrift) {

    /** The columns of {@code trials} that {@link #of} asks for. */
    static final List<String> COLUMNS =
        List.of(
            "failure_signatures",
            "picture_detail_share",
            "error_detail_share",
            "detail_kept",
            "slowest_mode_exponent",
            "unconverged_modes",
            "kernel_drift");

    /**
     * The symptoms of a row.
     *
     * @param names the text of {@code failure_signatures}
     * @param real gives a column's number
     */
    static OfTrial of(@Nullable String names, Function<String, @Nullable Double> real) {
      List<FailureSignature> shown = new ArrayList<>();
      for (String name : names == null ? new String[0] : names.split(",")) {
        Optional<FailureSignature> known = Names.constant(FailureSignature.class, name);
        known.ifPresent(shown::add);
      }
      return new OfTrial(
          List.copyOf(shown),
          real.apply("picture_detail_share"),
          real.apply("error_detail_share"),
          real.apply("detail_kept"),
          real.apply("slowest_mode_exponent"),
          real.apply("unconverged_modes"),
          real.apply("kernel_drift"));
    }
  }

  static Symptoms of(List<OfTrial> trials) {
    Map<FailureSignature, Integer> counts = new EnumMap<>(FailureSignature.class);
    for (FailureSignature signature : FailureSignature.values()) {
      counts.put(
          signature,
          (int) trials.stream().filter(trial -> trial.shown().contains(signature)).count());
    }
    return new Symptoms(
        counts,
        median(trials, OfTrial::pictureDetailShare),
        median(trials, OfTrial::errorDetailShare),
        median(trials, OfTrial::detailKept),
        median(trials, OfTrial::slowestModeExponent),
        median(trials, OfTrial::unconvergedModes),
        median(trials, OfTrial::kernelDrift));
  }

  private static @Nullable Double median(
      List<OfTrial> trials, Function<OfTrial, @Nullable Double> figure) {
    return Moments.of(trials.stream().map(figure).filter(Objects::nonNull).toList()).median();
  }

  /** The cells by column. */
  void putInto(Map<String, @Nullable Object> values) {
    counts.forEach((signature, count) -> values.put(column(signature), count));
    values.put("picture_detail_share_median", pictureDetailShare);
    values.put("error_detail_share_median", errorDetailShare);
    values.put("detail_kept_median", detailKept);
    values.put("slowest_mode_exponent_median", slowestModeExponent);
    values.put("unconverged_modes_median", unconvergedModes);
    values.put("kernel_drift_median", kernelDrift);
  }

  private static String column(FailureSignature signature) {
    return "signature_" + Names.of(signature).replace('-', '_');
  }
}
