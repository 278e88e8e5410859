package io.eigensweep.measure;

import static io.eigensweep.measure.Measure.moment;
import static io.eigensweep.measure.Measure.real;
import static io.eigensweep.measure.Measure.text;
import static io.eigensweep.measure.Measure.whole;

import io.eigensweep.measure.Summary.Mean;
import io.eigensweep.measure.Summary.Section;
import io.eigensweep.settings.Names;
import io.eigensweep.trial.Numerics;
import io.eigensweep.trial.Outcome;
import io.eigensweep.trial.Provenance;
import io.eigensweep.trial.TrialResult;
import io.eigensweep.trial.TrialResult.Cost;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which trial it was, how it ended, what it took, and what computed it. */
public final class RunMeasures {
  private static final MeasureList FATE = new MeasureList();
  private static final MeasureList COST = new MeasureList();
  private static final MeasureList PROVENANCE = new MeasureList();

  static {
    FATE.add(
        Measure.<TrialResult>text(
                "trial_id",
                "identity of the trial: hash of everything that can change a number",
                result -> result.trial().id().text())
            .always());
    FATE.add(
        text(
                "status",
                "how the trial ended: SUCCEEDED, DIVERGED, TIMED_OUT, OUT_OF_MEMORY or FAILED",
                outcome(outcome -> outcome.status().name()))
            .always());
  }

  /** Where it ended. */
  public static final Measure<TrialResult, String> FAILURE_STAGE =
      FATE.add(
          text(
              "failure_stage",
              "stage that did not succeed: load, initialise, train, kernel, evaluate or artifacts",
              outcome(outcome -> outcome.stage() == null ? null : Names.of(outcome.stage()))));

  /** Why. */
  public static final Measure<TrialResult, String> FAILURE_MESSAGE =
      FATE.add(text("failure_message", "why it did not succeed", outcome(Outcome::message)));

  /** Time in training steps. */
  public static final Measure<TrialResult, Double> TRAIN_SECONDS =
      COST.add(
          real("train_seconds", "s", "time in training steps", cost(Cost::trainSeconds))
              .summed(new Mean(Section.COST, "time in training steps")));

  /** Time in kernels. */
  public static final Measure<TrialResult, Double> NTK_SECONDS =
      COST.add(
          real("ntk_seconds", "s", "time in kernels and spectra", cost(Cost::ntkSeconds))
              .summed(new Mean(Section.COST, "time in kernels and spectra")));

  static {
    COST.add(real("wall_seconds", "s", "time of the whole trial", cost(Cost::wallSeconds)));
    FATE.add(text("failure_stack", "first lines of the stack trace", outcome(Outcome::stackHead)));
    COST.add(
        real(
            "gflops",
            "GFLOP/s",
            "necessary floating-point operations of training per second of it",
            cost(Cost::gflops)));
    PROVENANCE.add(
        moment("started_at", "when the trial started", from(Provenance::startedAt)).always());
    PROVENANCE.add(
        moment("finished_at", "when the trial ended", from(Provenance::finishedAt)).always());
    PROVENANCE.add(text("host", "machine that ran the trial", from(Provenance::host)).always());
    PROVENANCE.add(
        whole(
                "attempt",
                "",
                "which attempt at the trial this was, from 0",
                from(Provenance::attempt))
            .always());
    PROVENANCE.add(
        text("code_version", "version of Eigensweep", from(Provenance::codeVersion)).always());
    PROVENANCE.add(
        text("git_commit", "commit the code was built from", from(Provenance::gitCommit)).always());
    PROVENANCE.add(
        text("java_version", "version of the JVM", from(Provenance::javaVersion)).always());
    PROVENANCE.add(text("cpu", "model of the processor", from(Provenance::cpu)).always());
    PROVENANCE.add(
        text(
                "blas",
                "matrix library that was used, with the kernels that it chose or was given"
                    + " (pinned)",
                from(Provenance::blas))
            .always());
    PROVENANCE.add(
        text(
            "blas_problem",
            "why it is the Java library where the native one was wanted",
            from(Provenance::blasProblem)));
    PROVENANCE.add(
        Measure.<TrialResult>whole(
                "numerics",
                "",
                "version of everything that turns a trial into numbers",
                result -> Numerics.VERSION)
            .always());
  }

  private RunMeasures() {}

  static List<Measure<TrialResult, ?>> fate() {
    return FATE.all();
  }

  static List<Measure<TrialResult, ?>> cost() {
    return COST.all();
  }

  static List<Measure<TrialResult, ?>> provenance() {
    return PROVENANCE.all();
  }

  private static <T> Function<TrialResult, @Nullable T> outcome(
      Function<Outcome, @Nullable T> value) {
    return result -> value.apply(result.outcome());
  }

  private static <T> Function<TrialResult, @Nullable T> cost(Function<Cost, @Nullable T> value) {
    return result -> value.apply(result.cost());
  }

  private static <T> Function<TrialResult, @Nullable T> from(
      Function<Provenance, @Nullable T> value) {
    return result -> value.apply(result.provenance());
  }
}
