package io.eigensweep.trial;

import io.eigensweep.encoding.EncodedPoints;
import io.eigensweep.encoding.Encoder;
import io.eigensweep.linalg.Blas;
import io.eigensweep.metric.Loss;
import io.eigensweep.network.Parameters;
import io.eigensweep.ntk.KernelProbe;
import io.eigensweep.signal.LoadedPicture;
import io.eigensweep.signal.LoadedSignal;
import io.eigensweep.signal.LoadedSurface;
import io.eigensweep.signal.SignalReader;
import io.eigensweep.signal.TrainingSet;
import io.eigensweep.training.Samples;
import io.eigensweep.training.Trainer;
import io.eigensweep.training.TrainingSettings;
import java.io.IOException;

/**
 * The main path: runs one trial from its description to its result, in a plain JVM or inside a
 * Spark task alike. It knows nothing of Spark, and the same trial gives the same numbers in both.
 */
public final class TrialRunner {
  private final SignalReader signals;
  private final ArtifactSink artifacts;
  private final Machine machine = Machine.current();

  public TrialRunner(SignalReader signals, ArtifactSink artifacts) {
    this.signals = signals;
    this.artifacts = artifacts;
  }

  /**
   * Runs {@code trial}. Whatever goes wrong becomes a result with its stage and message.
   *
   * @param attempt which attempt at the trial this is, from 0
   */
  public TrialResult run(Trial trial, int attempt) {
    return run(trial, attempt, Conditions.NONE);
  }

  /**
   * The same under {@code conditions}.
   *
   * @throws TrialStoppedException when they tell it to stop; what they save is saved then
   */
  public TrialResult run(Trial trial, int attempt, Conditions conditions) {
    TrialRecord record = new TrialRecord(trial, attempt, machine);
    try {
      return run(trial, record, conditions);
    } catch (TrialStoppedException e) {
      throw e;
    } catch (TrialTimedOutException e) {
      return record.timedOut(e);
    } catch (Throwable e) { // an error of any kind is one trial's fate, not the executor's
      return record.failed(e);
    }
  }

  private TrialResult run(Trial trial, TrialRecord record, Conditions conditions)
      throws IOException {
    LoadedSignal loaded = signals.read(trial.signal());
    record.loaded(loaded);
    TrainingSet set = loaded.trainingSet(trial.seed());
    record.trainsOn(set);

    record.enter(Stage.INITIALISE);
    Blas blas = Blas.of(trial.linalg());
    record.uses(blas);
    Attendance attendance = new Attendance(trial, conditions, machine.circumstances(blas));
    int d = loaded.dimensions();
    EncodedPoints points = Encoder.encode(trial.encoding(), set.points(), d, trial.seed());
    Parameters initial =
        Parameters.initial(trial.network(), trial.encoding(), d, loaded.channels(), trial.seed());
    record.initialised(initial);

    KernelProbe kernels =
        new KernelProbe(
            trial.ntk(),
            trial.network(),
            trial.encoding(),
            KernelSamples.of(trial, loaded, set, points),
            blas);
    kernels.betweenStages(attendance::check);
    record.measures(kernels);
    record.enter(Stage.KERNEL);
    if (set.loss() == Loss.MSE) {
      kernels.measureLearningRateLimit(initial, trial.seed());
    }

    record.enter(Stage.TRAIN);
    Samples samples =
        new Samples(points, loaded.channels(), set.targets(), set.loss(), set.low(), set.high());
    TrainingSettings training = trial.training().resolved(kernels.learningRateLimit());
    if (set.loss() == Loss.MSE) {
      long batches = (points.count() + training.batchSize() - 1L) / training.batchSize();
      kernels.trainsAt(KernelSamples.ratePerStep(training), batches);
    }
    Trainer trainer = new Trainer(training, trial.network(), initial, samples, trial.seed(), blas);
    record.trains(trainer, TrialRecord.flopsPerEpoch(trial, initial, points.count()));
    attendance.resume(trainer, kernels);
    while (true) {
      if (kernels.wants(trainer.epoch())) {
        record.enter(Stage.KERNEL);
        Parameters parameters = trainer.parameters();
        kernels.measure(trainer.epoch(), parameters);
        attendance.measured(trainer.epoch(), parameters);
        record.enter(Stage.TRAIN);
      }
      if (trainer.epoch() == trial.training().epochs()) {
        break;
      }
      trainer.runEpoch();
      if (trainer.diverged()) {
        return record.diverged(trainer.epoch());
      }
      attendance.afterEpoch(trainer);
    }

    record.enter(Stage.EVALUATE);
    Parameters trained = trainer.parameters();
    Reconstruction reconstruction =
        loaded instanceof LoadedSurface surface
            ? SurfaceReconstruction.of(surface, trial, trained, blas)
            : PictureReconstruction.of((LoadedPicture) loaded, trial, trainer, trained, blas);
    record.evaluated(reconstruction.quality());

    record.enter(Stage.ARTIFACTS);
    new TrialArtifacts(artifacts, trial).write(trained, reconstruction);
    return record.succeeded();
  }
}
