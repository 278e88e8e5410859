package io.eigensweep.job;

import io.eigensweep.encoding.Encoding;
import io.eigensweep.linalg.LinalgSettings;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.ntk.NtkSettings;
import io.eigensweep.settings.CanonicalJson;
import io.eigensweep.signal.SignalSource;
import io.eigensweep.training.TrainingSettings;
import io.eigensweep.trial.Artifact;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
    List<Exclusion> exclusions) {
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

  /**
   * This job as JSON, the same for every spelling of it; {@link JobFile} reads it back to an equal
   * job.
   */
  public String canonicalJson() {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("name", CanonicalJson.string(name));
    parts.put("signal", CanonicalJson.full(signals));
    parts.put("encoding", CanonicalJson.full(encodings));
    parts.put("network", CanonicalJson.full(networks));
    if (!matches.equals(List.of(ParameterMatch.NONE))) {
      parts.put(ParameterMatch.KEY, ParameterMatch.json(matches));
    }
    parts.put("training", CanonicalJson.full(trainings));
    parts.put("ntk", CanonicalJson.full(ntks));
    parts.put("linalg", CanonicalJson.full(linalgs));
    parts.put("artifacts", CanonicalJson.full(artifacts));
    parts.put("seeds", CanonicalJson.full(seeds));
    parts.put(
        "exclude",
        exclusions.stream().map(Exclusion::json).collect(Collectors.joining(",", "[", "]")));
    return CanonicalJson.object(parts);
  }
}
