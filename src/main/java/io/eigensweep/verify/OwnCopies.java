package io.eigensweep.verify;

import io.eigensweep.encoding.GridEncoding;
import io.eigensweep.ntk.Outputs;
import io.eigensweep.spec.Names;
import io.eigensweep.trial.FailureSignature;
import io.eigensweep.trial.Outcome;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.Trial;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a row says twice: columns that repeat, or follow from, its curve and its spectra. They agree
 * in any circumstances, so that only the originals need to be compared with anything else.
 */
final class OwnCopies {
  /** Column of the row, field of the last spectrum of {@code total}. */
  private static final Map<String, String> OF_TOTAL =
      Map.ofEntries(
          Map.entry("kernel_epoch", "epoch"),
          Map.entry("lambda_min", "lambda_min"),
          Map.entry("lambda_min_lower", "lambda_min_lower"),
          Map.entry("lambda_min_upper", "lambda_min_upper"),
          Map.entry("lambda_min_resolved", "resolved"),
          Map.entry("lambda_min_method", "method"),
          Map.entry("lambda_min_upper_from", "upper_from"),
          Map.entry("lambda_max", "lambda_max"),
          Map.entry("kernel_rank", "rank"),
          Map.entry("kernel_predicted_rank", "predicted_rank"),
          Map.entry("effective_rank", "effective_rank"),
          Map.entry("weyl_slack", "weyl_slack"),
          Map.entry("schur_bound", "schur_bound"),
          Map.entry("kernel_drift", "drift"),
          Map.entry("kernel_alignment", "alignment"));

  /** Column of the row, field of the last spectrum of {@code mlp} behind a grid. */
  private static final Map<String, String> WITHOUT_GRID =
      Map.of(
          "lambda_min_no_grid", "lambda_min",
          "lambda_min_no_grid_lower", "lambda_min_lower",
          "lambda_min_no_grid_upper", "lambda_min_upper",
          "lambda_min_no_grid_resolved", "resolved");

  private static final Set<String> FOLLOWING =
      Set.of(
          "loss",
          "epochs_done",
          "slowest_mode_exponent",
          "unconverged_modes",
          "failure_signatures",
          "failure_message");

  /** All columns that are compared here. */
  static final Set<String> COLUMNS =
      Stream.of(OF_TOTAL.keySet(), WITHOUT_GRID.keySet(), FOLLOWING)
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
    if (eigenvalues.length == 0) {
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
    double lower = Rows.number(spectrum, "lambda_min_lower");
    double upper = Rows.number(spectrum, "lambda_min_upper");
    boolean resolved = lower > 0 && upper <= 2 * lower;
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
    findings.equal(name + ".resolved", spectrum.get("resolved"), resolved);
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
    Map<String, @Nullable Object> total = last("total");
    Map<String, @Nullable Object> mlp =
        trial.encoding() instanceof GridEncoding ? last("mlp") : Map.of();
    OF_TOTAL.forEach((column, field) -> findings.equal(column, row.get(column), total.get(field)));
    WITHOUT_GRID.forEach(
        (column, field) -> findings.equal(column, row.get(column), mlp.get(field)));
  }

  private Map<String, @Nullable Object> last(String term) {
    Map<String, @Nullable Object> found = Map.of();
    for (Map<String, @Nullable Object> spectrum : Rows.spectra(row).values()) {
      found = term.equals(spectrum.get("term")) ? spectrum : found;
    }
    return found;
  }

  /** See {@link io.eigensweep.trial.Convergence}. */
  private void convergence() {
    double[] eigenvalues = Rows.numbers(last("total"), "eigenvalues");
    double flowTime = Rows.number(row, "flow_time");
    if (eigenvalues.length == 0
        || Double.isNaN(flowTime)
        || row.get("learning_rate_limit") == null) {
      return;
    }
    int channels = trial.signal().channels();
    double scale = trial.ntk().outputs() == Outputs.SUM ? channels : 1;
    double perEigenvalue = 2 * flowTime / (Rows.number(row, "kernel_points") * channels) / scale;
    double smallest = Rows.number(row, "lambda_min");
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
          if (known && name.endsWith(" total]") && grid.length > 0 && mlp.length == all.length) {
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
    return spectra.getOrDefault(total.replace(" total]", " " + term + "]"), Map.of());
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
