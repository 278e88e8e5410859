package io.eigensweep.result;

import io.eigensweep.encoding.GridEncoding;
import io.eigensweep.measure.ColumnType.Scalar;
import io.eigensweep.ntk.KernelSummary;
import io.eigensweep.ntk.Spectrum;
import io.eigensweep.spec.Names;
import io.eigensweep.training.TrainingSettings;
import io.eigensweep.trial.Numerics;
import io.eigensweep.trial.Outcome;
import io.eigensweep.trial.Provenance;
import io.eigensweep.trial.SignalFacts;
import io.eigensweep.trial.SignalFacts.PictureFacts;
import io.eigensweep.trial.SignalFacts.SurfaceFacts;
import io.eigensweep.trial.TrialResult;
import io.eigensweep.trial.TrialResult.Cost;
import io.eigensweep.trial.TrialResult.Quality;
import io.eigensweep.trial.TrialResult.SurfaceQuality;
import io.eigensweep.trial.TrialResult.TrainingFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of a trial's row that are not hyperparameters: what happened. */
final class FactColumns {
  /** Who the trial is and how it ended. */
  static final List<Column> FATE = fate();

  /** What was measured. */
  static final List<Column> MEASURED = measured();

  private FactColumns() {}

  private static List<Column> fate() {
    List<Column> columns = new ArrayList<>();
    columns.add(
        text(
            "trial_id",
            false,
            "identity of the trial: hash of everything that can change a number",
            row -> row.result().trial().id().text()));
    columns.add(text("job", true, "name of the job that ran the trial", Row::job));
    columns.add(
        text(
            "status",
            false,
            "how the trial ended: SUCCEEDED, DIVERGED, TIMED_OUT, OUT_OF_MEMORY or FAILED",
            row -> row.result().outcome().status().name()));
    columns.add(
        text(
            "failure_stage",
            true,
            "stage that did not succeed: load, initialise, train, kernel, evaluate or artifacts",
            outcome(outcome -> outcome.stage() == null ? null : Names.of(outcome.stage()))));
    columns.add(text("failure_message", true, "why it did not succeed", outcome(Outcome::message)));
    columns.add(
        text("failure_stack", true, "first lines of the stack trace", outcome(Outcome::stackHead)));
    return List.copyOf(columns);
  }

  private static List<Column> measured() {
    List<Column> columns = new ArrayList<>();
    signal(columns);
    training(columns);
    quality(columns);
    columns.addAll(SignatureColumns.HELD_OUT);
    columns.addAll(SignatureColumns.JPEG);
    kernel(columns);
    columns.addAll(SignatureColumns.SIGNATURES);
    cost(columns);
    provenance(columns);
    return List.copyOf(columns);
  }

  private static void signal(List<Column> columns) {
    columns.add(
        text(
            "signal_sha256",
            true,
            "SHA-256 of the signal's file, or of its values when generated",
            signalFact(SignalFacts::sha256)));
    columns.add(whole("width_px", "px", "width of the picture", picture(PictureFacts::widthPx)));
    columns.add(whole("height_px", "px", "height of the picture", picture(PictureFacts::heightPx)));
    columns.add(
        whole(
            "source_width_px",
            "px",
            "width of the stored picture",
            picture(PictureFacts::sourceWidthPx)));
    columns.add(
        whole(
            "source_height_px",
            "px",
            "height of the stored picture",
            picture(PictureFacts::sourceHeightPx)));
    columns.add(
        real(
            "source_mean_red",
            "0–255",
            "mean red of the stored picture",
            picture(PictureFacts::sourceMeanRed)));
    columns.add(
        real(
            "source_mean_green",
            "0–255",
            "mean green of the stored picture",
            picture(PictureFacts::sourceMeanGreen)));
    columns.add(
        real(
            "source_mean_blue",
            "0–255",
            "mean blue of the stored picture",
            picture(PictureFacts::sourceMeanBlue)));
    columns.add(
        whole("mesh_vertices", "", "vertices of the mesh", surface(SurfaceFacts::vertices)));
    columns.add(
        whole(
            "mesh_unused_vertices",
            "",
            "vertices of the mesh that no face with an area uses, no part of the surface",
            surface(SurfaceFacts::unusedVertices)));
    columns.add(
        whole(
            "mesh_triangles",
            "",
            "triangles of the mesh, a face of n corners counted as n − 2",
            surface(SurfaceFacts::triangles)));
    columns.add(
        whole(
            "mesh_dropped_faces",
            "",
            "faces of the file left out because they name a vertex that can't exist",
            surface(SurfaceFacts::droppedFaces)));
    columns.add(
        whole(
            "mesh_crossed_faces",
            "",
            "faces whose outline crosses itself, cut as fans around their first corner",
            surface(SurfaceFacts::crossedFaces)));
    columns.add(real("mesh_area", "file units²", "area of the mesh", surface(SurfaceFacts::area)));
    columns.add(
        real(
            "mesh_volume",
            "file units³",
            "signed volume of the mesh",
            surface(SurfaceFacts::volume)));
    columns.add(
        real(
            "mesh_centre_x",
            "file units",
            "centre of the mesh's bounding box, which becomes that of the cube",
            surface(SurfaceFacts::centreX)));
    columns.add(
        real("mesh_centre_y", "file units", "its second axis", surface(SurfaceFacts::centreY)));
    columns.add(
        real("mesh_centre_z", "file units", "its third axis", surface(SurfaceFacts::centreZ)));
    columns.add(
        real(
            "mesh_scale",
            "cube sides per file unit",
            "scale of the mesh in the cube",
            surface(SurfaceFacts::scale)));
    columns.add(
        real(
            "ambiguous_share",
            "",
            "share of the training points whose winding number w has ||w| − ½| < ¼",
            trainingFact(TrainingFacts::ambiguousShare)));
  }

  private static void training(List<Column> columns) {
    columns.add(
        whole(
            "epochs_done", "epochs", "completed epochs", trainingFact(TrainingFacts::epochsDone)));
    columns.add(
        large(
            "parameters",
            "trainable numbers, those of the encoding included",
            trainingFact(TrainingFacts::parameters)));
    columns.add(
        large(
            "parameters_encoding",
            "trainable numbers of the encoding",
            trainingFact(TrainingFacts::parametersEncoding)));
    columns.add(
        real(
            "loss",
            "",
            "loss of the last epoch, NULL when not finite",
            trainingFact(TrainingFacts::loss)));
  }

  private static void quality(List<Column> columns) {
    columns.add(
        real(
            "psnr",
            "dB",
            "PSNR of the reconstruction, clamped to [0,1], peak 1; of a surface that of the field"
                + " on uniform held-out points, clamped to their range, the peak; NULL when exact,"
                + " or where they are all alike",
            quality(Quality::psnr)));
    columns.add(
        real(
            "ssim",
            "",
            "structural similarity of the reconstruction, clamped to [0,1] as for psnr; NULL for a"
                + " side under 11 pixels",
            quality(Quality::ssim)));
    columns.add(
        real(
            "ms_ssim",
            "",
            "multi-scale structural similarity, clamped likewise",
            quality(Quality::msSsim)));
    columns.add(
        whole("ms_ssim_scales", "", "scales that ms_ssim used", quality(Quality::msSsimScales)));
    columns.add(
        real(
            "iou",
            "",
            "intersection over union of the solids on uniform held-out points",
            surfaceQuality(SurfaceQuality::iou)));
    columns.add(
        real(
            "iou_near",
            "",
            "the same on held-out points near the surface",
            surfaceQuality(SurfaceQuality::iouNear)));
    columns.add(
        real(
            "chamfer_l1",
            "cube sides",
            "½(mean distance from extracted to true surface + the other way round)",
            surfaceQuality(SurfaceQuality::chamferL1)));
    columns.add(
        real(
            "chamfer_l2",
            "cube sides²",
            "the same of squared distances",
            surfaceQuality(SurfaceQuality::chamferL2)));
    columns.add(
        real(
            "f_score",
            "",
            "harmonic mean of the shares of either surface within 1 % of the cube's side of the"
                + " other; 0 when nothing was extracted",
            surfaceQuality(SurfaceQuality::fScore)));
    columns.add(
        real(
            "normal_consistency",
            "",
            "mean |n·n'| of a point's normal and that of the closest face, of both directions",
            surfaceQuality(SurfaceQuality::normalConsistency)));
    columns.add(
        whole(
            "extracted_triangles",
            "",
            "triangles of the extracted surface",
            surfaceQuality(SurfaceQuality::triangles)));
  }

  private static void kernel(List<Column> columns) {
    columns.add(
        whole(
            "kernel_points",
            "points",
            "points of the sample's kernel, which stands for the whole signal",
            kernel(KernelSummary::points)));
    columns.add(
        whole(
            "training_points",
            "points",
            "points that the network is trained on",
            kernel(KernelSummary::trainingPoints)));
    columns.add(
        whole(
            "kernel_epoch",
            "epochs",
            "epoch of the last checkpoint, whose kernel the scalar columns describe",
            total(Spectrum::epoch)));
    columns.add(
        text(
            "lambda_min_scope",
            true,
            "of which points the columns lambda_min…, weyl_slack and schur_bound are, by ntk_pattern:"
                + " the sample, the window with the smallest eigenvalue, or all training points",
            ofScope("total", spectrum -> Names.of(spectrum.scope()))));
    columns.add(
        whole(
            "lambda_min_points",
            "points",
            "how many points those are",
            ofScope("total", Spectrum::points)));
    columns.add(
        text(
            "lambda_min_place",
            true,
            "which window of how many that is, and where; NULL for other scopes",
            ofScope("total", Spectrum::place)));
    smallest(columns, "lambda_min", "the kernel", "", value -> ofScope("total", value));
    columns.add(
        text(
            "lambda_min_method",
            true,
            "how the eigenvalues were computed: gram or jacobian; split where there are bounds alone",
            ofScope("total", Spectrum::method)));
    columns.add(
        text(
            "lambda_min_upper_from",
            true,
            "what proves the upper bound: floor, or the vector of a certificate; split and its"
                + " columns, or why its bounds are not closer; contradiction and one of two bounds"
                + " that exclude each other, when nothing is proved",
            ofScope("total", Spectrum::upperFrom)));
    columns.add(
        real(
            "training_lambda_min_lower",
            "",
            "lower bound of the smallest eigenvalue of the kernel of all training points; 0 where"
                + " nothing more is proved",
            training(KernelSummary.Bounds::lower)));
    columns.add(
        real(
            "training_lambda_min_upper",
            "",
            "upper bound of the smallest eigenvalue of the kernel of all training points, of which"
                + " every kernel of some of them is a principal submatrix",
            training(KernelSummary.Bounds::upper)));
    columns.add(
        real("lambda_max", "", "largest eigenvalue of the sample", total(Spectrum::lambdaMax)));
    columns.add(
        whole(
            "kernel_rank",
            "",
            "eigenvalues of the sample above the rounding floor",
            total(Spectrum::rank)));
    columns.add(
        whole(
            "kernel_predicted_rank",
            "",
            "the most that the rank of the sample's kernel can be",
            total(spectrum -> spectrum.facts().predictedRank())));
    columns.add(
        real(
            "effective_rank",
            "",
            "exp of the entropy of the sample's eigenvalues",
            total(spectrum -> spectrum.facts().effectiveRank())));
    smallest(
        columns,
        "lambda_min_no_grid",
        "the kernel without its grid term",
        "; NULL where the encoding has no grid",
        FactColumns::noGrid);
    columns.add(
        real(
            "weyl_slack",
            "",
            "min over i of λ_i(K) − λ_i(K_mlp) − λ_min(K_grid); NULL where there is no grid, where"
                + " rounding leaves it open, or where there are bounds alone",
            ofScope("total", spectrum -> spectrum.facts().weylSlack())));
    columns.add(
        real(
            "schur_bound",
            "",
            "lower bound of λ_min: that of the kernel without grid, and the Schur product bound of"
                + " the grid term; NULL where there is no grid, or where there are bounds alone",
            ofScope("total", spectrum -> spectrum.facts().schurBound())));
    columns.add(
        real(
            "learning_rate_limit",
            "",
            "NC/λ_max of the sample's full kernel at initialisation, λ_max from above: full-batch"
                + " descent is stable below it",
            kernel(KernelSummary::learningRateLimit)));
    columns.add(
        real(
            "learning_rate_used",
            "",
            "learning rate η of the training: learning_rate, or learning_rate_of_limit times the"
                + " limit of the trial's update rule; NULL when that is not known",
            row -> rateUsed(row.result())));
    columns.add(
        new Column(
            "above_learning_rate_limit",
            Scalar.BOOLEAN,
            true,
            "",
            "whether learning_rate_used was above what full-batch descent bears:"
                + " learning_rate_limit, (1 + momentum) times that with momentum; NULL with adam,"
                + " where it is not known",
            row -> aboveLimit(row.result())));
    columns.add(
        real(
            "kernel_drift",
            "",
            "‖K_t − K_0‖ / ‖K_0‖ (Frobenius) of the sample at the last checkpoint",
            kernel(KernelSummary::drift)));
    columns.add(
        real(
            "kernel_alignment",
            "",
            "centred alignment of the sample's kernel with the targets at the last checkpoint, 0 to"
                + " 1",
            total(spectrum -> spectrum.facts().alignment())));
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

  private static void smallest(
      List<Column> columns,
      String name,
      String of,
      String note,
      Function<Function<Spectrum, @Nullable Object>, Function<Row, @Nullable Object>> term) {
    columns.add(
        real(
            name,
            "",
            "smallest eigenvalue of " + of + ", NULL when it is not resolved" + note,
            term.apply(KernelColumns::lambdaMin)));
    columns.add(
        real(
            name + "_lower",
            "",
            "lower bound of the smallest eigenvalue of " + of + note,
            term.apply(Spectrum::lambdaMinLower)));
    columns.add(
        real(
            name + "_upper",
            "",
            "upper bound of the smallest eigenvalue of " + of + note,
            term.apply(Spectrum::lambdaMinUpper)));
    columns.add(
        new Column(
            name + "_resolved",
            Scalar.BOOLEAN,
            true,
            "",
            "whether it is known: lower > 0 and upper ≤ 2·lower" + note,
            term.apply(Spectrum::resolved)));
  }

  private static void cost(List<Column> columns) {
    columns.add(real("train_seconds", "s", "time in training steps", cost(Cost::trainSeconds)));
    columns.add(real("ntk_seconds", "s", "time in kernels and spectra", cost(Cost::ntkSeconds)));
    columns.add(real("wall_seconds", "s", "time of the whole trial", cost(Cost::wallSeconds)));
    columns.add(
        real(
            "gflops",
            "GFLOP/s",
            "necessary floating-point operations of training per second of it",
            cost(Cost::gflops)));
  }

  private static void provenance(List<Column> columns) {
    columns.add(moment("started_at", "when the trial started", from(Provenance::startedAt)));
    columns.add(moment("finished_at", "when the trial ended", from(Provenance::finishedAt)));
    columns.add(text("host", false, "machine that ran the trial", from(Provenance::host)));
    columns.add(
        new Column(
            "attempt",
            Scalar.INT,
            false,
            "",
            "which attempt at the trial this was, from 0",
            from(Provenance::attempt)));
    columns.add(
        text("code_version", false, "version of Eigensweep", from(Provenance::codeVersion)));
    columns.add(
        text("git_commit", false, "commit the code was built from", from(Provenance::gitCommit)));
    columns.add(text("java_version", false, "version of the JVM", from(Provenance::javaVersion)));
    columns.add(text("cpu", false, "model of the processor", from(Provenance::cpu)));
    columns.add(
        text(
            "blas",
            false,
            "matrix library that was used, with the kernels that it chose or was given (pinned)",
            from(Provenance::blas)));
    columns.add(
        text(
            "blas_problem",
            true,
            "why it is the Java library where the native one was wanted",
            from(Provenance::blasProblem)));
    columns.add(
        new Column(
            "numerics",
            Scalar.INT,
            false,
            "",
            "version of everything that turns a trial into numbers",
            row -> Numerics.VERSION));
  }

  private static Column text(
      String name, boolean nullable, String meaning, Function<Row, @Nullable Object> value) {
    return new Column(name, Scalar.STRING, nullable, "", meaning, value);
  }

  private static Column moment(String name, String meaning, Function<Row, @Nullable Object> value) {
    return new Column(name, Scalar.TIMESTAMP, false, "UTC", meaning, value);
  }

  private static Column whole(
      String name, String unit, String meaning, Function<Row, @Nullable Object> value) {
    return new Column(name, Scalar.INT, true, unit, meaning, value);
  }

  private static Column large(String name, String meaning, Function<Row, @Nullable Object> value) {
    return new Column(name, Scalar.BIGINT, true, "", meaning, value);
  }

  private static Column real(
      String name, String unit, String meaning, Function<Row, @Nullable Object> value) {
    return new Column(name, Scalar.DOUBLE, true, unit, meaning, value);
  }

  private static Function<Row, @Nullable Object> outcome(
      Function<Outcome, @Nullable Object> value) {
    return row -> value.apply(row.result().outcome());
  }

  private static Function<Row, @Nullable Object> cost(Function<Cost, @Nullable Object> value) {
    return row -> value.apply(row.result().cost());
  }

  private static Function<Row, @Nullable Object> from(
      Function<Provenance, @Nullable Object> value) {
    return row -> value.apply(row.result().provenance());
  }

  private static Function<Row, @Nullable Object> signalFact(
      Function<SignalFacts, @Nullable Object> value) {
    return ifReached(TrialResult::signal, value);
  }

  private static Function<Row, @Nullable Object> picture(
      Function<PictureFacts, @Nullable Object> value) {
    return ifReached(result -> result.signal() == null ? null : result.signal().picture(), value);
  }

  private static Function<Row, @Nullable Object> surface(
      Function<SurfaceFacts, @Nullable Object> value) {
    return ifReached(result -> result.signal() == null ? null : result.signal().surface(), value);
  }

  private static Function<Row, @Nullable Object> surfaceQuality(
      Function<SurfaceQuality, @Nullable Object> value) {
    return ifReached(result -> result.quality() == null ? null : result.quality().surface(), value);
  }

  private static Function<Row, @Nullable Object> trainingFact(
      Function<TrainingFacts, @Nullable Object> value) {
    return ifReached(TrialResult::training, value);
  }

  private static Function<Row, @Nullable Object> quality(
      Function<Quality, @Nullable Object> value) {
    return ifReached(TrialResult::quality, value);
  }

  private static Function<Row, @Nullable Object> kernel(
      Function<KernelSummary, @Nullable Object> value) {
    return ifReached(TrialResult::kernel, value);
  }

  private static Function<Row, @Nullable Object> total(Function<Spectrum, @Nullable Object> value) {
    return ifReached(result -> last(result, "total"), value);
  }

  private static Function<Row, @Nullable Object> noGrid(
      Function<Spectrum, @Nullable Object> value) {
    return ifReached(
        result -> result.trial().encoding() instanceof GridEncoding ? ofScope(result, "mlp") : null,
        value);
  }

  /** Of the points whose λ_min is the trial's. */
  private static Function<Row, @Nullable Object> ofScope(
      String term, Function<Spectrum, @Nullable Object> value) {
    return ifReached(result -> ofScope(result, term), value);
  }

  private static @Nullable Spectrum ofScope(TrialResult result, String term) {
    KernelSummary kernel = result.kernel();
    return kernel == null ? null : kernel.last(term, kernel.scope());
  }

  private static Function<Row, @Nullable Object> training(
      Function<KernelSummary.Bounds, @Nullable Object> value) {
    return ifReached(
        result -> result.kernel() == null ? null : result.kernel().trainingBounds(), value);
  }

  private static @Nullable Spectrum last(TrialResult result, String term) {
    KernelSummary kernel = result.kernel();
    return kernel == null ? null : kernel.last(term);
  }

  private static <T> Function<Row, @Nullable Object> ifReached(
      Function<TrialResult, @Nullable T> part, Function<T, @Nullable Object> value) {
    return row -> {
      T reached = part.apply(row.result());
      return reached == null ? null : value.apply(reached);
    };
  }
}
