package io.eigensweep.trial;

import io.eigensweep.encoding.EncodedPoints;
import io.eigensweep.encoding.Encoder;
import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.UnfitMachineException;
import io.eigensweep.mesh.UnreadableMeshException;
import io.eigensweep.metric.Loss;
import io.eigensweep.network.Parameters;
import io.eigensweep.ntk.KernelProbe;
import io.eigensweep.signal.LoadedPicture;
import io.eigensweep.signal.LoadedSignal;
import io.eigensweep.signal.LoadedSurface;
import io.eigensweep.signal.SignalReader;
import io.eigensweep.signal.TrainingSet;
import io.eigensweep.signal.UnreadableSignalException;
import io.eigensweep.training.Samples;
import io.eigensweep.training.Trainer;
import io.eigensweep.training.TrainingSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.function.UnaryOperator;

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
   * Runs {@code trial}. Whatever goes wrong in it becomes a result with its stage and message.
   *
   * @param attempt which attempt at the trial this is, from 0
   * @throws AttemptFailedException when something else went wrong: its signal can't be read here
   *     and now, a file of it can't be stored, or this machine lacks a library
   */
  public TrialResult run(Trial trial, int attempt) {
    return run(trial, attempt, Conditions.NONE);
  }

  /**
   * {@link #run(Trial, int)} under {@code conditions}.
   *
   * @throws AttemptFailedException when the attempt, not the trial, has failed
   * @throws TrialStoppedException when they tell it to stop; what they save is saved then
   */
  public TrialResult run(Trial trial, int attempt, Conditions conditions) {
    return guarded(
        new TrialRecord(trial, attempt, machine),
        record -> train(prepare(trial, record, conditions, initial -> initial)));
  }

  /**
   * Runs {@code trial} from initial numbers that {@code moved} has moved a little: how far the
   * results spread says how far rounding can carry them. Files are not written.
   */
  public TrialResult repeat(Trial trial, UnaryOperator<Parameters> moved) {
    Trial rowOnly = trial.keeping(List.of());
    return guarded(
        new TrialRecord(rowOnly, 0, machine),
        record -> train(prepare(rowOnly, record, Conditions.NONE, moved)));
  }

  /**
   * What the row of {@code trial} says of its trained network, if that is {@code trained}: quality,
   * the kernels at the start and at the end, and in the place of the learning curve one point with
   * the loss and PSNR of {@code trained}. Nothing is trained, no file written.
   */
  public TrialResult evaluate(Trial trial, Parameters trained) {
    return guarded(
        new TrialRecord(trial, 0, machine),
        record -> evaluate(prepare(trial, record, Conditions.NONE, initial -> initial), trained));
  }

  /** What a trial does, and where it notes it. */
  private interface Course {
    TrialResult follow(TrialRecord record) throws IOException;
  }

  private static TrialResult guarded(TrialRecord record, Course course) {
    try {
      return course.follow(record);
    } catch (TrialStoppedException | AttemptFailedException e) {
      throw e;
    } catch (TrialTimedOutException e) {
      return record.timedOut(e);
    } catch (Throwable e) { // an error of any kind is one trial's fate, not the executor's
      if (isOfTheSurroundings(e)) {
        throw new AttemptFailedException(record.stage(), e);
      }
      return record.failed(e);
    }
  }

  /**
   * Whether {@code error} tells of storage or of this machine; another attempt may be spared it.
   */
  private static boolean isOfTheSurroundings(Throwable error) {
    boolean content =
        error instanceof UnreadableSignalException || error instanceof UnreadableMeshException;
    return (error instanceof IOException && !content)
        || error instanceof UncheckedIOException
        || error instanceof UnfitMachineException
        || error instanceof LinkageError
        || error instanceof ServiceConfigurationError;
  }

  /** A trial before its first step. */
  private record Prepared(
      Trial trial,
      TrialRecord record,
      TrialSupervisor supervisor,
      Blas blas,
      LoadedSignal loaded,
      TrainingSet set,
      EncodedPoints points,
      Parameters initial,
      KernelProbe kernels) {

    Trainer trainer(TrainingSettings training, Parameters from) {
      Samples samples =
          new Samples(points, loaded.channels(), set.targets(), set.loss(), set.low(), set.high());
      return new Trainer(training, trial.network(), from, samples, trial.seed(), blas);
    }

    Reconstruction reconstruction(Trainer trainer, Parameters trained) throws IOException {
      return loaded instanceof LoadedSurface surface
          ? SurfaceReconstruction.of(surface, trial, trained, blas)
          : PictureReconstruction.of((LoadedPicture) loaded, trial, trainer, trained, blas);
    }
  }

  private Prepared prepare(
      Trial trial, TrialRecord record, Conditions conditions, UnaryOperator<Parameters> moved)
      throws IOException {
    LoadedSignal loaded = signals.read(trial.signal());
    record.loaded(loaded);
    TrainingSet set = loaded.trainingSet(trial.seed());
    record.trainsOn(set);

    record.enter(Stage.INITIALISE);
    Blas blas = Blas.of(trial.linalg());
    record.uses(blas);
    TrialSupervisor supervisor =
        new TrialSupervisor(trial, conditions, machine.circumstances(blas));
    int d = loaded.dimensions();
    EncodedPoints points = Encoder.encode(trial.encoding(), set.points(), d, trial.seed());
    Parameters initial =
        moved.apply(
            Parameters.initial(
                trial.network(), trial.encoding(), d, loaded.channels(), trial.seed()));
    record.initialised(initial);

    KernelProbe kernels =
        new KernelProbe(
            trial.ntk(),
            trial.network(),
            trial.encoding(),
            KernelSamples.of(trial, loaded, set, points),
            blas);
    kernels.betweenStages(supervisor::check);
    record.measures(kernels);
    record.enter(Stage.KERNEL);
    if (set.loss() == Loss.MSE) {
      kernels.measureLearningRateLimit(initial, trial.seed());
    }

    return new Prepared(trial, record, supervisor, blas, loaded, set, points, initial, kernels);
  }

  private TrialResult train(Prepared prepared) throws IOException {
    Trial trial = prepared.trial();
    TrialRecord record = prepared.record();
    KernelProbe kernels = prepared.kernels();
    int count = prepared.points().count();
    record.enter(Stage.TRAIN);
    TrainingSettings training = trial.training().resolved(kernels.learningRateLimit());
    if (prepared.set().loss() == Loss.MSE) {
      long batches = (count + training.batchSize() - 1L) / training.batchSize();
      kernels.trainsAt(KernelSamples.ratePerStep(training), batches);
    }
    Trainer trainer = prepared.trainer(training, prepared.initial());
    record.trains(trainer, TrialRecord.flopsPerEpoch(trial, prepared.initial(), count));
    TrialSupervisor supervisor = prepared.supervisor();
    supervisor.resume(trainer, kernels);
    while (true) {
      if (kernels.wants(trainer.epoch())) {
        record.enter(Stage.KERNEL);
        Parameters parameters = trainer.parameters();
        kernels.measure(trainer.epoch(), parameters);
        supervisor.measured(trainer.epoch(), parameters);
        record.enter(Stage.TRAIN);
      }
      if (trainer.epoch() == trial.training().epochs()) {
        break;
      }
      trainer.runEpoch();
      if (trainer.diverged()) {
        return record.diverged(trainer.epoch());
      }
      supervisor.afterEpoch(trainer);
    }

    record.enter(Stage.EVALUATE);
    Parameters trained = trainer.parameters();
    Reconstruction reconstruction = prepared.reconstruction(trainer, trained);
    record.evaluated(reconstruction.quality());

    record.enter(Stage.ARTIFACTS);
    new TrialArtifacts(artifacts, trial).write(trained, reconstruction);
    return record.succeeded();
  }

  private static TrialResult evaluate(Prepared prepared, Parameters trained) throws IOException {
    Trial trial = prepared.trial();
    TrialRecord record = prepared.record();
    KernelProbe kernels = prepared.kernels();
    int epochs = trial.training().epochs();
    for (int epoch : epochs == 0 ? new int[] {0} : new int[] {0, epochs}) {
      if (kernels.wants(epoch)) {
        kernels.measure(epoch, epoch == epochs ? trained : prepared.initial());
      }
    }
    record.enter(Stage.EVALUATE);
    TrainingSettings training = trial.training().resolved(kernels.learningRateLimit());
    Trainer trainer = prepared.trainer(training, trained);
    record.trains(trainer, 0);
    record.evaluated(prepared.reconstruction(trainer, trained).quality());
    return record.succeeded();
  }
}
