package io.eigensweep.trial;

import io.eigensweep.encoding.Encoding;
import io.eigensweep.linalg.LinalgSettings;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.ntk.NtkSettings;
import io.eigensweep.settings.Key;
import io.eigensweep.signal.Signal;
import io.eigensweep.training.TrainingSettings;
import java.io.Serializable;
import java.util.List;

/**
 * One point of the grid × one picture × one seed, fully resolved: everything that is needed to run
 * it anywhere, and every field that can change a number.
 *
 * @param signal the picture
 * @param encoding the input encoding
 * @param network the perceptron
 * @param training how it is trained
 * @param ntk which kernels are computed; its checkpoints are numbers
 * @param linalg the matrix library
 * @param seed the seed of every random stream
 * @param artifacts files to keep; they don't change the trial's identity
 */
public record Trial(
    @Key(meaning = "the picture", picture = true, column = "signal_kind") Signal signal,
    @Key(meaning = "the input encoding") Encoding encoding,
    @Key(meaning = "the perceptron") NetworkSettings network,
    @Key(meaning = "how it is trained") TrainingSettings training,
    @Key(meaning = "which kernels are computed") NtkSettings ntk,
    @Key(meaning = "the matrix library") LinalgSettings linalg,
    @Key(meaning = "seed of every random stream of the trial") long seed,
    @Key(meaning = "files kept beside the row", identity = false) List<Artifact> artifacts)
    implements Serializable {
  public Trial {
    artifacts = List.copyOf(artifacts);
    ntk = ntk.resolved(training.epochs());
  }

  /** This trial, with its identity, that leaves {@code files}. */
  public Trial keeping(List<Artifact> files) {
    return new Trial(signal, encoding, network, training, ntk, linalg, seed, files);
  }

  /** Another trial, of which no kernel is computed. */
  public Trial withoutKernels() {
    return new Trial(
        signal, encoding, network, training, ntk.at(List.of()), linalg, seed, artifacts);
  }

  /** The trial's identity. */
  public TrialId id() {
    return TrialId.of(this);
  }
}
