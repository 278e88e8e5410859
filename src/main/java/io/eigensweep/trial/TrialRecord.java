package io.eigensweep.trial;

import io.eigensweep.linalg.Blas;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameters;
import io.eigensweep.ntk.KernelProbe;
import io.eigensweep.ntk.KernelSummary;
import io.eigensweep.signal.LoadedSignal;
import io.eigensweep.signal.TrainingSet;
import io.eigensweep.training.CurvePoint;
import io.eigensweep.training.Trainer;
import io.eigensweep.trial.TrialResult.Cost;
import io.eigensweep.trial.TrialResult.Quality;
import io.eigensweep.trial.TrialResult.TrainingFacts;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Collects a trial's result while it runs; what was not reached stays null. */
final class TrialRecord {
  private final Trial trial;
  private final int attempt;
  private final Machine machine;
  private final Instant startedAt = Instant.now();
  private final long startNanos = System.nanoTime();
  private Stage stage = Stage.LOAD;
  private String blas = "none";
  private @Nullable String blasProblem;
  private @Nullable SignalFacts signal;
  private @Nullable Double ambiguousShare;
  private @Nullable Parameters initial;
  private @Nullable Trainer trainer;
  private @Nullable KernelProbe kernels;
  private @Nullable Quality quality;
  private long flops;

  TrialRecord(Trial trial, int attempt, Machine machine) {
    this.trial = trial;
    this.attempt = attempt;
    this.machine = machine;
  }

  void enter(Stage next) {
    stage = next;
  }

  Stage stage() {
    return stage;
  }

  void uses(Blas library) {
    blas = library.name();
    blasProblem = library.problem().isEmpty() ? null : library.problem();
  }

  void loaded(LoadedSignal loaded) {
    signal = SignalFacts.of(loaded);
  }

  void trainsOn(TrainingSet set) {
    ambiguousShare = set.ambiguousShare();
  }

  void initialised(Parameters parameters) {
    initial = parameters;
  }

  void trains(Trainer running, long flopsPerEpoch) {
    trainer = running;
    flops = flopsPerEpoch;
  }

  void measures(KernelProbe probe) {
    kernels = probe;
  }

  void evaluated(Quality reached) {
    quality = reached;
  }

  TrialResult succeeded() {
    return result(Outcome.SUCCEEDED);
  }

  TrialResult diverged(int epoch) {
    return result(Outcome.diverged(epoch));
  }

  TrialResult timedOut(TrialTimedOutException error) {
    return result(Outcome.ended(Status.TIMED_OUT, stage, String.valueOf(error.getMessage())));
  }

  TrialResult failed(Throwable error) {
    return result(Outcome.failed(stage, error));
  }

  private TrialResult result(Outcome outcome) {
    double trainSeconds = trainer == null ? 0 : trainer.seconds();
    KernelSummary kernel = kernels == null ? null : kernels.summary();
    Double gflops =
        trainer == null || trainSeconds <= 0 ? null : 1e-9 * flops * trainer.epoch() / trainSeconds;
    return new TrialResult(
        trial,
        outcome,
        signal,
        trainingFacts(),
        quality,
        kernel,
        new Cost(
            trainSeconds,
            kernels == null ? 0 : kernels.seconds(),
            1e-9 * (System.nanoTime() - startNanos),
            gflops),
        new Provenance(
            startedAt,
            Instant.now(),
            machine.host(),
            attempt,
            machine.codeVersion(),
            machine.gitCommit(),
            machine.javaVersion(),
            machine.cpu(),
            blas,
            blasProblem));
  }

  private @Nullable TrainingFacts trainingFacts() {
    if (trainer == null || initial == null) {
      return null;
    }
    List<CurvePoint> curve = trainer.curve();
    OptionalDouble flowTime = trainer.flowTime();
    return new TrainingFacts(
        trainer.epoch(),
        initial.count(),
        initial.encodingCount(),
        curve.get(curve.size() - 1).loss(),
        flowTime.isPresent() ? flowTime.getAsDouble() : null,
        ambiguousShare,
        curve);
  }

  /**
   * Necessary floating-point operations of one epoch: 2P forward, 2P weight gradients, 2(P − P₁)
   * input gradients per sample, with P the numbers of the layers and P₁ those of the first, whose
   * input gradient is needed only where the encoding learns.
   */
  static long flopsPerEpoch(Trial trial, Parameters parameters, int samples) {
    NetworkSettings network = trial.network();
    int inputs = parameters.weights().get(0).numCols;
    long all = network.parameterCount(inputs, parameters.channels());
    long first = parameters.encodingCount() > 0 ? 0 : (long) inputs * network.width();
    return samples * (4 * all + 2 * (all - first));
  }
}
