package io.eigensweep.job;

import io.eigensweep.encoding.Encoding;
import io.eigensweep.linalg.LinalgSettings;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.ntk.NtkSettings;
import io.eigensweep.signal.SignalSource;
import io.eigensweep.training.TrainingSettings;
import io.eigensweep.trial.Artifact;
import java.util.List;

/**
 * A sweep as its file describes it, with every default filled in and every axis written out. The
 * grid is the product of the lists, first to last.
 *
 * @param name the sweep's name: letters, digits, {@code . _ -}
 * @param signals sets of pictures
 * @param encodings input encodings
 * @param networks perceptrons
 * @param matches how wide they are behind encodings without grids
 * @param trainings ways to train
 * @param ntks which kernels are computed; every checkpoint lies within every training
 * @param linalgs matrix libraries
 * @param artifacts files kept of every trial, in the order of {@link Artifact}
 * @param seeds seeds of the random streams
 * @param exclusions trials that are left out
 * @param canonicalJson this job as JSON, the same for every spelling of it; {@link JobFile} reads
 *     it back to an equal job
 */
public record Job(
    String name,
    List<SignalSource> signals,
    List<Encoding> encodings,
    List<NetworkSettings> networks,
    List<ParameterMatch> matches,
    List<TrainingSettings> trainings,
    List<NtkSettings> ntks,
    List<LinalgSettings> linalgs,
    List<Artifact> artifacts,
    List<Long> seeds,
    List<Exclusion> exclusions,
    String canonicalJson) {
  public Job {
    signals = List.copyOf(signals);
    encodings = List.copyOf(encodings);
    networks = List.copyOf(networks);
    matches = List.copyOf(matches);
    trainings = List.copyOf(trainings);
    ntks = List.copyOf(ntks);
    linalgs = List.copyOf(linalgs);
    artifacts = List.copyOf(artifacts);
    seeds = List.copyOf(seeds);
    exclusions = List.copyOf(exclusions);
  }
}
