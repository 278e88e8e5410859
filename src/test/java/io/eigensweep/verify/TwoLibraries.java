package io.eigensweep.verify;

import io.eigensweep.encoding.Interpolation;
import io.eigensweep.encoding.Multigrid;
import io.eigensweep.linalg.BlasChoice;
import io.eigensweep.linalg.LinalgSettings;
import io.eigensweep.network.Activation;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameterization;
import io.eigensweep.network.Parameters;
import io.eigensweep.ntk.Checkpoint;
import io.eigensweep.ntk.NtkSettings;
import io.eigensweep.ntk.Outputs;
import io.eigensweep.picture.GeneratedKind;
import io.eigensweep.result.RowFile;
import io.eigensweep.signal.Coordinates;
import io.eigensweep.signal.Signal;
import io.eigensweep.signal.SignalFiles;
import io.eigensweep.training.TrainingSettings;
import io.eigensweep.trial.Artifact;
import io.eigensweep.trial.Safetensors;
import io.eigensweep.trial.Trial;
import io.eigensweep.trial.TrialResult;
import io.eigensweep.trial.TrialRunner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * One trial under two matrix libraries, the one that a trial takes by default and the pure Java
 * one, whose row passes for one that was made on another processor. Every run is made once.
 */
final class TwoLibraries implements Repeats {
  static final Trial TRIAL =
      new Trial(
          new Signal.GeneratedImage(GeneratedKind.DEAD_LEAVES, 24, 0, Coordinates.CENTERS),
          new Multigrid(2, 2, 8, 2, 0.01, Interpolation.LINEAR),
          new NetworkSettings(2, 64, Activation.RELU, Parameterization.WIDTH, true),
          TrainingSettings.sgd(20, 576, 12, 2),
          NtkSettings.of(
              36,
              List.of(Checkpoint.parse("init"), Checkpoint.parse("half"), Checkpoint.parse("last")),
              Outputs.MEAN),
          LinalgSettings.of(BlasChoice.AUTO),
          0,
          List.of(Artifact.WEIGHTS));

  private final ByteArrayOutputStream files = new ByteArrayOutputStream();
  private final TrialRunner runner =
      new TrialRunner(new SignalFiles(new Configuration()), (id, name) -> files);
  private final Map<Object, Map<String, @Nullable Object>> made = new HashMap<>();
  private final Map<String, @Nullable Object> elsewhere;
  private final Parameters stored;
  private final Map<String, @Nullable Object> here;
  private final Parameters trained;

  /** Runs the trial under both; rows pass through the content of files. */
  TwoLibraries() throws IOException {
    Trial other =
        new Trial(
            TRIAL.signal(),
            TRIAL.encoding(),
            TRIAL.network(),
            TRIAL.training(),
            TRIAL.ntk(),
            LinalgSettings.of(BlasChoice.JAVA),
            TRIAL.seed(),
            TRIAL.artifacts());
    elsewhere = row(runner.run(other, 0));
    elsewhere.put("blas_choice", "auto");
    elsewhere.put("cpu", "another");
    stored = Safetensors.read(files.toByteArray());
    files.reset();
    here = row(runner.run(TRIAL, 0));
    trained = Safetensors.read(files.toByteArray());
  }

  /** The row that was made elsewhere, as a copy. */
  Map<String, @Nullable Object> elsewhere() {
    return new HashMap<>(elsewhere);
  }

  /** The weights of {@link #elsewhere}. */
  Parameters stored() {
    return stored;
  }

  @Override
  public Map<String, @Nullable Object> row() {
    return new HashMap<>(here);
  }

  @Override
  public Parameters trained() {
    return trained;
  }

  @Override
  public Map<String, @Nullable Object> moved(long seed) {
    return made.computeIfAbsent(
        seed, key -> row(runner.repeat(TRIAL, initial -> initial.nudged(seed))));
  }

  @Override
  public Map<String, @Nullable Object> evaluated(Parameters weights) {
    return made.computeIfAbsent(
        "evaluated " + sum(weights), key -> row(runner.evaluate(TRIAL, weights)));
  }

  @Override
  public Map<String, @Nullable Object> judged(Parameters weights) {
    return made.computeIfAbsent(
        "judged " + sum(weights), key -> row(runner.evaluate(TRIAL.withoutKernels(), weights)));
  }

  private static double sum(Parameters weights) {
    return weights.weights().stream().flatMapToDouble(w -> java.util.Arrays.stream(w.data)).sum();
  }

  private static Map<String, @Nullable Object> row(TrialResult result) {
    return RowFile.stored(result, new Configuration());
  }
}
