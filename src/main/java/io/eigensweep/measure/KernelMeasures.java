package io.eigensweep.measure;

import static io.eigensweep.measure.Measure.flag;
import static io.eigensweep.measure.Measure.ofPart;
import static io.eigensweep.measure.Measure.real;
import static io.eigensweep.measure.Measure.text;
import static io.eigensweep.measure.Measure.whole;

import io.eigensweep.encoding.GridEncoding;
import io.eigensweep.measure.Summary.Censored;
import io.eigensweep.measure.Summary.Median;
import io.eigensweep.measure.Summary.Population;
import io.eigensweep.measure.Summary.Section;
import io.eigensweep.ntk.KernelSummary;
import io.eigensweep.ntk.Spectrum;
import io.eigensweep.settings.Names;
import io.eigensweep.training.TrainingSettings;
import io.eigensweep.trial.TrialResult;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The kernel at the last checkpoint, and the learning rate that it bears. */
public final class KernelMeasures {
  private static final MeasureList LIST = new MeasureList();

  /** Points of the sample. */
  public static final Measure<TrialResult, Integer> SAMPLE_POINTS =
      LIST.add(
          whole(
              "kernel_points",
              "points",
              "points of the sample's kernel, which stands for the whole signal",
              kernel(KernelSummary::points)));

  /** Points that are trained on. */
  public static final Measure<TrialResult, Integer> TRAINING_POINTS =
      LIST.add(
          whole(
              "training_points",
              "points",
              "points that the network is trained on",
              kernel(KernelSummary::trainingPoints)));

  /** Epoch of the last checkpoint. */
  public static final Measure<TrialResult, Integer> EPOCH =
      LIST.add(
          whole(
              "kernel_epoch",
              "epochs",
              "epoch of the last checkpoint, whose kernel the scalar columns describe",
              ofSample(Spectrum::epoch)));

  /** Of which points λ_min is. */
  public static final Measure<TrialResult, String> SCOPE =
      LIST.add(
          text(
              "lambda_min_scope",
              "of which points the columns lambda_min…, weyl_slack and schur_bound are, by"
                  + " ntk_pattern: the sample, the window with the smallest eigenvalue, or all"
                  + " training points",
              ofScope("total", spectrum -> Names.of(spectrum.scope()))));

  /** How many points those are. */
  public static final Measure<TrialResult, Integer> POINTS =
      LIST.add(
          whole(
              "lambda_min_points",
              "points",
              "how many points those are",
              ofScope("total", Spectrum::points)));

  static {
    LIST.add(
        text(
            "lambda_min_place",
            "which window of how many that is, and where; NULL for other scopes",
            ofScope("total", Spectrum::place)));
  }

  /** Of the kernel. */
  public static final Eigenvalue LAMBDA_MIN =
      LIST.add(
          smallest(
              "lambda_min",
              "the kernel",
              "",
              "smallest eigenvalue of the kernel",
              result -> ofScope(result, "total")));

  static {
    LIST.add(
        text(
            "lambda_min_method",
            "how the eigenvalues were computed: gram or jacobian; split where there are bounds alone",
            ofScope("total", Spectrum::method)));
    LIST.add(
        text(
            "lambda_min_upper_from",
            "what proves the upper bound: floor, or the vector of a certificate; split and its"
                + " columns, or why its bounds are not closer; contradiction and one of two bounds"
                + " that exclude each other, when nothing is proved",
            ofScope("total", Spectrum::upperFrom)));
    LIST.add(
        real(
            "training_lambda_min_lower",
            "",
            "lower bound of the smallest eigenvalue of the kernel of all training points; 0 where"
                + " nothing more is proved",
            ofTraining(KernelSummary.Bounds::lower)));
    LIST.add(
        real(
            "training_lambda_min_upper",
            "",
            "upper bound of the smallest eigenvalue of the kernel of all training points, of which"
                + " every kernel of some of them is a principal submatrix",
            ofTraining(KernelSummary.Bounds::upper)));
    LIST.add(
        real("lambda_max", "", "largest eigenvalue of the sample", ofSample(Spectrum::lambdaMax)));
    LIST.add(
        whole(
            "kernel_rank",
            "",
            "eigenvalues of the sample above the rounding floor",
            ofSample(Spectrum::rank)));
    LIST.add(
        whole(
            "kernel_predicted_rank",
            "",
            "the most that the rank of the sample's kernel can be",
            ofSample(spectrum -> spectrum.facts().predictedRank())));
    LIST.add(
        real(
            "effective_rank",
            "",
            "exp of the entropy of the sample's eigenvalues",
            ofSample(spectrum -> spectrum.facts().effectiveRank())));
  }

  /** Of the kernel without its grid term. */
  public static final Eigenvalue LAMBDA_MIN_NO_GRID =
      LIST.add(
          smallest(
              "lambda_min_no_grid",
              "the kernel without its grid term",
              "; NULL where the encoding has no grid",
              "smallest eigenvalue of the kernel without its grid term",
              result ->
                  result.trial().encoding() instanceof GridEncoding
                      ? ofScope(result, "mlp")
                      : null));

  /** What Weyl's inequality leaves. */
  public static final Measure<TrialResult, Double> WEYL_SLACK =
      LIST.add(
          real(
                  "weyl_slack",
                  "",
                  "min over i of λ_i(K) − λ_i(K_mlp) − λ_min(K_grid); NULL where there is no grid,"
                      + " where rounding leaves it open, or where there are bounds alone",
                  ofScope("total", spectrum -> spectrum.facts().weylSlack()))
              .summed(
                  new Median(
                      Section.KERNEL,
                      Population.KERNELS,
                      "median of min over i of λ_i(K) − λ_i(K_mlp) − λ_min(K_grid), of those that"
                          + " are known; NULL where there is none")));

  /** The lower bound of λ_min from the grid's structure. */
  public static final Measure<TrialResult, Double> SCHUR_BOUND =
      LIST.add(
          real(
                  "schur_bound",
                  "",
                  "lower bound of λ_min: that of the kernel without grid, and the Schur product"
                      + " bound of the grid term; NULL where there is no grid, or where there are"
                      + " bounds alone",
                  ofScope("total", spectrum -> spectrum.facts().schurBound()))
              .summed(
                  new Median(
                      Section.KERNEL,
                      Population.KERNELS,
                      "median of the lower bound of λ_min from the grid's structure; NULL where"
                          + " there is none")));

  static {
    LIST.add(
        real(
            "learning_rate_limit",
            "",
            "NC/λ_max of the sample's full kernel at initialisation, λ_max from above: full-batch"
                + " descent is stable below it",
            kernel(KernelSummary::learningRateLimit)));
    LIST.add(
        real(
            "learning_rate_used",
            "",
            "learning rate η of the training: learning_rate, or learning_rate_of_limit times the"
                + " limit of the trial's update rule; NULL when that is not known",
            KernelMeasures::rateUsed));
  }

  /** Whether the learning rate was above what descent bears. */
  public static final Measure<TrialResult, Boolean> ABOVE_LEARNING_RATE_LIMIT =
      LIST.add(
          flag(
              "above_learning_rate_limit",
              "whether learning_rate_used was above what full-batch descent bears:"
                  + " learning_rate_limit, (1 + momentum) times that with momentum; NULL with adam,"
                  + " where it is not known",
              KernelMeasures::aboveLimit));

  /** Relative movement of the sample's kernel. */
  public static final Measure<TrialResult, Double> DRIFT =
      LIST.add(
          real(
                  "kernel_drift",
                  "",
                  "‖K_t − K_0‖ / ‖K_0‖ (Frobenius) of the sample at the last checkpoint",
                  kernel(KernelSummary::drift))
              .summed(
                  new Median(
                      Section.MOVEMENT, Population.ALL, "median relative movement of the kernel")));

  static {
    LIST.add(
        real(
            "kernel_alignment",
            "",
            "centred alignment of the sample's kernel with the targets at the last checkpoint, 0 to"
                + " 1",
            ofSample(spectrum -> spectrum.facts().alignment())));
  }

  private KernelMeasures() {}

  static List<Measure<TrialResult, ?>> all() {
    return LIST.all();
  }

  static List<Eigenvalue> eigenvalues() {
    return LIST.eigenvalues();
  }

  private static Eigenvalue smallest(
      String name,
      String of,
      String note,
      String summary,
      Function<TrialResult, @Nullable Spectrum> spectrum) {
    return new Eigenvalue(
        Measure.<TrialResult>real(
                name,
                "",
                "smallest eigenvalue of " + of + ", NULL when it is not resolved" + note,
                ofPart(spectrum, SpectrumMeasures::lambdaMin))
            .summed(new Censored(summary)),
        real(
            name + "_lower",
            "",
            "lower bound of the smallest eigenvalue of " + of + note,
            ofPart(spectrum, Spectrum::lambdaMinLower)),
        real(
            name + "_upper",
            "",
            "upper bound of the smallest eigenvalue of " + of + note,
            ofPart(spectrum, Spectrum::lambdaMinUpper)),
        flag(
            name + "_resolved",
            "whether it is known: lower > 0 and upper ≤ 2·lower" + note,
            ofPart(spectrum, Spectrum::resolved)));
  }

  private static @Nullable Boolean aboveLimit(TrialResult result) {
    KernelSummary kernel = result.kernel();
    Double limit = kernel == null ? null : kernel.learningRateLimit();
    if (limit == null) {
      return null;
    }
    OptionalDouble bound = result.trial().training().stabilityLimit(limit);
    Double used = rateUsed(result);
    if (used == null || bound.isEmpty()) {
      return null;
    }
    return used > bound.getAsDouble();
  }

  private static @Nullable Double rateUsed(TrialResult result) {
    TrainingSettings training = result.trial().training();
    KernelSummary kernel = result.kernel();
    Double limit = kernel == null ? null : kernel.learningRateLimit();
    return training.learningRate() == null && limit == null
        ? null
        : training.resolved(limit).learningRate();
  }

  private static <T> Function<TrialResult, @Nullable T> kernel(
      Function<KernelSummary, @Nullable T> value) {
    return ofPart(TrialResult::kernel, value);
  }

  /** Of the points that stand for all. */
  private static <T> Function<TrialResult, @Nullable T> ofSample(
      Function<Spectrum, @Nullable T> value) {
    return ofPart(result -> result.kernel() == null ? null : result.kernel().last("total"), value);
  }

  /** Of the points whose λ_min is the trial's. */
  private static <T> Function<TrialResult, @Nullable T> ofScope(
      String term, Function<Spectrum, @Nullable T> value) {
    return ofPart(result -> ofScope(result, term), value);
  }

  private static @Nullable Spectrum ofScope(TrialResult result, String term) {
    KernelSummary kernel = result.kernel();
    return kernel == null ? null : kernel.last(term, kernel.scope());
  }

  private static <T> Function<TrialResult, @Nullable T> ofTraining(
      Function<KernelSummary.Bounds, @Nullable T> value) {
    return ofPart(
        result -> result.kernel() == null ? null : result.kernel().trainingBounds(), value);
  }
}
