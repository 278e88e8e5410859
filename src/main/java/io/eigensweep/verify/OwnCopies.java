package io.eigensweep.verify;

import io.eigensweep.encoding.GridEncoding;
import io.eigensweep.measure.FailureSignature;
import io.eigensweep.ntk.Outputs;
import io.eigensweep.ntk.Pattern;
import io.eigensweep.ntk.SamplePoints;
import io.eigensweep.ntk.Scope;
import io.eigensweep.settings.Names;
import io.eigensweep.signal.Signal;
import io.eigensweep.trial.Outcome;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.Trial;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a row says twice: columns that repeat, or follow from, its curve and its spectra. They agree
 * in any circumstances, so that only the originals need to be compared with anything else.
 */
final class OwnCopies {
  /** Column of the row, field of the sample's last spectrum of {@code total}. */
  private static final Map<String, String> OF_SAMPLE =
      Map.of(
          "kernel_epoch", "epoch",
          "kernel_points", "points",
          "lambda_max", "lambda_max",
          "kernel_rank", "rank",
          "kernel_predicted_rank", "predicted_rank",
          "effective_rank", "effective_rank",
          "kernel_drift", "drift",
          "kernel_alignment", "alignment");

  /** Column of the row, field of the last spectrum of {@code total} whose λ_min is the trial's. */
  private static final Map<String, String> OF_SCOPE =
      Map.ofEntries(
          Map.entry("lambda_min_scope", "scope"),
          Map.entry("lambda_min_points", "points"),
          Map.entry("lambda_min_place", "place"),
          Map.entry("lambda_min", "lambda_min"),
          Map.entry("lambda_min_lower", "lambda_min_lower"),
          Map.entry("lambda_min_upper", "lambda_min_upper"),
          Map.entry("lambda_min_resolved", "resolved"),
          Map.entry("lambda_min_method", "method"),
          Map.entry("lambda_min_upper_from", "upper_from"),
          Map.entry("weyl_slack", "weyl_slack"),
          Map.entry("schur_bound", "schur_bound"));

  /** Column of the row, field of the same points' spectrum of {@code mlp} behind a grid. */
  private static final Map<String, String> WITHOUT_GRID =
      Map.of(
          "lambda_min_no_grid", "lambda_min",
          "lambda_min_no_grid_lower", "lambda_min_lower",
          "lambda_min_no_grid_upper", "lambda_min_upper",
          "lambda_min_no_grid_resolved", "resolved");

  private static final Set<String> FOLLOWING =
      KnownNames.set(
          "loss",
          "epochs_done",
          "training_lambda_min_lower",
          "training_lambda_min_upper",
          "slowest_mode_exponent",
          "unconverged_modes",
          "failure_signatures",
          "failure_message");

  /** All columns that are compared here. */
  static final Set<String> COLUMNS =
      Stream.of(OF_SAMPLE.keySet(), OF_SCOPE.keySet(), WITHOUT_GRID.keySet(), FOLLOWING)
          .flatMap(Set::stream)
          .collect(Collectors.toUnmodifiableSet());

  private final Map<String, @Nullable Object> row;
  private final Trial trial;
  private final Findings findings;

  private OwnCopies(Map<String, @Nullable Object> row, Trial trial, Findings findings) {
    this.row = row;
    this.trial = trial;
    this.findings = findings;
  }

  static void compare(Map<String, @Nullable Object> row, Trial trial, Findings findings) {
    OwnCopies copies = new OwnCopies(row, trial, findings);
    copies.curve();
    Rows.spectra(row).forEach(copies::spectrum);
    copies.slack();
    copies.kernel();
    copies.training();
    copies.convergence();
    copies.signatures();
  }

  private void curve() {
    List<Map<String, @Nullable Object>> curve = Rows.structs(row, "curve");
    if (curve.isEmpty()) {
      return;
    }
    Map<String, @Nullable Object> last = curve.get(curve.size() - 1);
    findings.equal("loss", row.get("loss"), last.get("loss"));
    findings.equal("epochs_done", row.get("epochs_done"), last.get("epoch"));
    boolean wholePicture =
        row.get("width_px") != null
            && row.get("psnr_trained") == null
            && row.get("psnr_held_out") == null
            && row.get("psnr") != null;
    if (wholePicture) {
      findings.copy("psnr", Rows.number(row, "psnr"), Rows.number(last, "psnr"));
    }
  }

  private void spectrum(String name, Map<String, @Nullable Object> spectrum) {
    double[] eigenvalues = Rows.numbers(spectrum, "eigenvalues");
    double lower = Rows.number(spectrum, "lambda_min_lower");
    double upper = Rows.number(spectrum, "lambda_min_upper");
    boolean resolved = lower > 0 && upper <= 2 * lower;
    findings.equal(name + ".resolved", spectrum.get("resolved"), resolved);
    if (eigenvalues.length == 0) {
      Double between = resolved ? Math.sqrt(lower * upper) : null;
      findings.equal(name + ".lambda_min", spectrum.get("lambda_min"), between);
      return;
    }
    double floor = Rows.number(spectrum, "floor");
    int negatives = 0;
    int rank = 0;
    double sum = 0;
    for (double value : eigenvalues) {
      negatives += value < 0 ? 1 : 0;
      rank += value > floor ? 1 : 0;
      sum += Math.max(0, value);
    }
    double entropy = 0;
    for (double value : eigenvalues) {
      entropy -= value > 0 ? value / sum * Math.log(value / sum) : 0;
    }
    Double smallest = Math.max(lower, Math.min(upper, eigenvalues[0]));
    boolean jacobian = "jacobian".equals(spectrum.get("method"));
    double sigma = Math.sqrt(Math.max(0, eigenvalues[0])) - Math.sqrt(floor);
    double known = jacobian ? Math.pow(Math.max(0, sigma), 2) : Math.max(0, eigenvalues[0] - floor);
    findings.equal(name + ".negatives", spectrum.get("negatives"), negatives);
    findings.equal(name + ".rank", spectrum.get("rank"), rank);
    findings.equal(
        name + ".lambda_max", spectrum.get("lambda_max"), eigenvalues[eigenvalues.length - 1]);
    findings.copy(
        name + ".effective_rank",
        Rows.number(spectrum, "effective_rank"),
        sum > 0 ? Math.exp(entropy) : 0);
    findings.equal(name + ".lambda_min", spectrum.get("lambda_min"), resolved ? smallest : null);
    // σ² and (σ ± e)² are each rounded a few times.
    double rounding = jacobian ? 1e-14 * (Math.abs(eigenvalues[0]) + floor) : 0;
    boolean contradicted = String.valueOf(spectrum.get("upper_from")).startsWith("contradiction");
    findings.within(
        name + ".lambda_min_lower",
        lower,
        contradicted ? 0 : known,
        rounding,
        "from its eigenvalues");
  }

  private void kernel() {
    Scope scope = trial.ntk().points().pattern().scope();
    Map<String, @Nullable Object> sample = last("total", Scope.SAMPLE);
    Map<String, @Nullable Object> total = last("total", scope);
    Map<String, @Nullable Object> mlp =
        trial.encoding() instanceof GridEncoding ? last("mlp", scope) : Map.of();
    if (!sample.isEmpty()) {
      OF_SAMPLE.forEach(
          (column, field) -> findings.equal(column, row.get(column), sample.get(field)));
    }
    OF_SCOPE.forEach((column, field) -> findings.equal(column, row.get(column), total.get(field)));
    WITHOUT_GRID.forEach(
        (column, field) -> findings.equal(column, row.get(column), mlp.get(field)));
  }

  /** See {@link io.eigensweep.ntk.KernelSummary#trainingBounds}. */
  private void training() {
    Object epoch = last("total", Scope.SAMPLE).get("epoch");
    if (epoch == null) {
      return;
    }
    double lower = 0;
    double upper = Double.POSITIVE_INFINITY;
    for (Map<String, @Nullable Object> spectrum : Rows.spectra(row).values()) {
      boolean proves =
          "total".equals(spectrum.get("term"))
              && epoch.equals(spectrum.get("epoch"))
              && !String.valueOf(spectrum.get("upper_from")).startsWith("contradiction")
              && (sampleIsOfTraining() || !Names.of(Scope.SAMPLE).equals(spectrum.get("scope")));
      if (proves) {
        upper = Math.min(upper, Rows.number(spectrum, "lambda_min_upper"));
        boolean whole = Objects.equals(spectrum.get("points"), row.get("training_points"));
        lower = whole ? Math.max(lower, Rows.number(spectrum, "lambda_min_lower")) : lower;
      }
    }
    if (lower > upper) {
      lower = 0;
      upper = Double.POSITIVE_INFINITY;
    }
    findings.equal("training_lambda_min_lower", row.get("training_lambda_min_lower"), lower);
    findings.equal(
        "training_lambda_min_upper",
        row.get("training_lambda_min_upper"),
        Double.isInfinite(upper) ? null : upper);
  }

  private boolean sampleIsOfTraining() {
    SamplePoints points = trial.ntk().points();
    return !(trial.signal() instanceof Signal.MeshFile mesh)
        || points.pattern() == Pattern.RANDOM
        || points.count() <= mesh.sampling().uniform();
  }

  private Map<String, @Nullable Object> last(String term, Scope scope) {
    double epoch =
        Rows.spectra(row).values().stream()
            .mapToDouble(spectrum -> Rows.number(spectrum, "epoch"))
            .max()
            .orElse(-1);
    Map<String, @Nullable Object> found = Map.of();
    for (Map<String, @Nullable Object> spectrum : Rows.spectra(row).values()) {
      boolean wanted =
          Rows.number(spectrum, "epoch") == epoch
              && term.equals(spectrum.get("term"))
              && Names.of(scope).equals(spectrum.get("scope"));
      found = wanted ? spectrum : found;
    }
    return found;
  }

  /** See {@link io.eigensweep.measure.Convergence}. */
  private void convergence() {
    Map<String, @Nullable Object> sample = last("total", Scope.SAMPLE);
    double[] eigenvalues = Rows.numbers(sample, "eigenvalues");
    double flowTime = Rows.number(row, "flow_time");
    if (eigenvalues.length == 0
        || Double.isNaN(flowTime)
        || row.get("learning_rate_limit") == null) {
      return;
    }
    int channels = trial.signal().channels();
    double scale = trial.ntk().outputs() == Outputs.SUM ? channels : 1;
    double perEigenvalue = 2 * flowTime / (Rows.number(row, "kernel_points") * channels) / scale;
    double smallest = Rows.number(sample, "lambda_min");
    findings.copy(
        "slowest_mode_exponent",
        Rows.number(row, "slowest_mode_exponent"),
        smallest * perEigenvalue);
    int slow = 0;
    for (double eigenvalue : eigenvalues) {
      slow += eigenvalue * perEigenvalue < 1 ? 1 : 0;
    }
    findings.copy(
        "unconverged_modes",
        Rows.number(row, "unconverged_modes"),
        (double) slow / eigenvalues.length);
  }

  private void slack() {
    Map<String, Map<String, @Nullable Object>> spectra = Rows.spectra(row);
    spectra.forEach(
        (name, total) -> {
          double[] all = Rows.numbers(total, "eigenvalues");
          double[] mlp = Rows.numbers(of(spectra, name, "mlp"), "eigenvalues");
          double[] grid = Rows.numbers(of(spectra, name, "grid"), "eigenvalues");
          boolean known = total.get("weyl_slack") != null; // else rounding leaves it open
          if (known && name.contains(" total ") && grid.length > 0 && mlp.length == all.length) {
            double slack = Double.POSITIVE_INFINITY;
            for (int i = 0; i < all.length; i++) {
              slack = Math.min(slack, all[i] - mlp[i] - grid[0]);
            }
            findings.equal(name + ".weyl_slack", total.get("weyl_slack"), slack);
          }
        });
  }

  private static Map<String, @Nullable Object> of(
      Map<String, Map<String, @Nullable Object>> spectra, String total, String term) {
    return spectra.getOrDefault(total.replace(" total ", " " + term + " "), Map.of());
  }

  /** See {@link FailureSignature}. */
  private void signatures() {
    Set<FailureSignature> shown = EnumSet.noneOf(FailureSignature.class);
    double trained = Rows.number(row, "psnr_trained");
    double heldOut = Rows.number(row, "psnr_held_out");
    if (Rows.number(row, "detail_kept") < FailureSignature.DETAIL_KEPT) {
      shown.add(FailureSignature.BLUR);
    }
    if (!Double.isNaN(heldOut) && !(trained - heldOut < FailureSignature.HELD_OUT_GAP)) {
      shown.add(FailureSignature.ALIASING);
    }
    if (Rows.number(row, "unconverged_modes") > FailureSignature.UNCONVERGED_MODES) {
      shown.add(FailureSignature.SLOW);
    }
    if (Rows.number(row, "kernel_drift") > FailureSignature.DRIFT) {
      shown.add(FailureSignature.NOT_LAZY);
    }
    findings.equal(
        "failure_signatures",
        row.get("failure_signatures"),
        shown.stream().map(Names::of).collect(Collectors.joining(",")));
    boolean diverged = Status.DIVERGED.name().equals(row.get("status"));
    findings.equal(
        "failure_message",
        row.get("failure_message"),
        diverged ? Outcome.diverged((int) Rows.number(row, "epochs_done")).message() : null);
  }
}
