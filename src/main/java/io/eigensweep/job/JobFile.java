package io.eigensweep.job;

import io.eigensweep.encoding.Encoding;
import io.eigensweep.linalg.LinalgSettings;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.ntk.Checkpoint;
import io.eigensweep.ntk.NtkSettings;
import io.eigensweep.settings.Names;
import io.eigensweep.signal.SignalSource;
import io.eigensweep.training.TrainingSettings;
import io.eigensweep.trial.Artifact;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a job: strict YAML (or its own canonical JSON), overrides, defaults, axes.
 *
 * <p>Any scalar may be a list and is then an axis; so may a section, whose blocks then have axes of
 * their own. Keys that are lists by nature ({@code seeds}, {@code artifacts}, {@code ntk.epochs},
 * {@code signal.classes}, {@code exclude}) are never axes; a single value there is a list of one.
 * {@code null} stands for an absent value where a key has no default.
 */
public final class JobFile {
  /** The keys of a job, in the order of the grid. */
  static final List<String> KEYS =
      List.of(
          "name",
          "signal",
          "encoding",
          "network",
          ParameterMatch.KEY,
          "training",
          "ntk",
          "linalg",
          "artifacts",
          "seeds",
          "exclude");

  private static final String DEFAULT_SIGNAL = "{type: generated}";

  private final Node.Mapping root;

  private JobFile(Node.Mapping root) {
    this.root = root;
  }

  /**
   * The job in {@code text}.
   *
   * @param text YAML or canonical JSON
   * @param fileName how messages call it
   * @param overrides {@code path=value} each, applied in their order
   * @throws JobException when anything in it is wrong: one line with the position
   */
  public static Job read(String text, String fileName, List<String> overrides) {
    return read(text, fileName, null, overrides);
  }

  /** The same at {@code scale}, which {@code overrides} come after. */
  public static Job read(
      String text, String fileName, @Nullable Scale scale, List<String> overrides) {
    Node file = YamlReader.read(text, fileName);
    Node root = Overrides.apply(scale == null ? file : scale.of(file), overrides);
    if (root instanceof Node.Mapping mapping) {
      Binder.refuseUnknown(mapping, KEYS, "the job");
      return job(mapping);
    }
    throw root.error(
        "a job is a block of keys with at least name and encoding, not %s", root.describe());
  }

  /** The job in a block of its keys. */
  static Job job(Node.Mapping root) {
    return new JobFile(root).job();
  }

  private Job job() {
    String name = name();
    List<SignalSource> signals = points(SignalSource.class, "signal", DEFAULT_SIGNAL);
    if (root.get("encoding") == null) {
      throw root.error(
          "missing key \"encoding\" in the job, for example encoding: {type: identity}");
    }
    List<Encoding> encodings = points(Encoding.class, "encoding", "{}");
    List<NetworkSettings> networks = points(NetworkSettings.class, "network", "{}");
    List<ParameterMatch> matches =
        ParameterMatch.read(node(ParameterMatch.KEY, "false"), encodings);
    List<TrainingSettings> trainings = points(TrainingSettings.class, "training", "{}");
    List<NtkSettings> ntks = ntks(trainings);
    List<LinalgSettings> linalgs = linalgs();
    List<Artifact> artifacts =
        list("artifacts", Artifact.class, "[]").stream()
            .map(Artifact.class::cast)
            .distinct()
            .sorted()
            .toList();
    List<Long> seeds = list("seeds", Long.class, "[0]").stream().map(Long.class::cast).toList();
    if (seeds.isEmpty()) {
      throw Binder.emptyList(node("seeds", "[0]"), "seeds");
    }
    List<Exclusion> exclusions = ExclusionReader.read(node("exclude", "[]"));
    return new Job(
        name,
        signals,
        encodings,
        networks,
        matches,
        trainings,
        ntks,
        linalgs,
        artifacts,
        seeds,
        exclusions);
  }

  private String name() {
    Node node = root.get("name");
    if (node == null) {
      throw root.error("missing key \"name\" in the job");
    }
    String name = (String) Scalars.value(String.class, node, "name");
    if (!name.matches("[A-Za-z0-9._-]+")) {
      throw node.error(
          "name must be made of letters, digits, \".\", \"_\" and \"-\", got \"%s\"", name);
    }
    return name;
  }

  private Node node(String key, String fallback) {
    Node node = root.get(key);
    return node == null ? YamlReader.value(fallback, root.at()) : node;
  }

  private <T> List<Bound<T>> bound(Class<T> section, String key, String fallback) {
    return Binder.points(section, node(key, fallback), key);
  }

  private <T> List<T> points(Class<T> section, String key, String fallback) {
    return bound(section, key, fallback).stream().map(Bound::value).toList();
  }

  private List<Object> list(String key, Class<?> element, String fallback) {
    return Binder.list(element, node(key, fallback), key);
  }

  /** A process loads OpenBLAS once, with one set of kernels. */
  private List<LinalgSettings> linalgs() {
    List<LinalgSettings> linalgs = points(LinalgSettings.class, "linalg", "{}");
    List<String> kernels =
        linalgs.stream().map(linalg -> Names.of(linalg.kernels())).distinct().toList();
    if (kernels.size() > 1) {
      throw node("linalg", "{}")
          .error(
              "linalg.kernels is one value for the whole job, got %s", String.join(", ", kernels));
    }
    return linalgs;
  }

  /** The kernels, each checked against each training that it will meet. */
  private List<NtkSettings> ntks(List<TrainingSettings> trainings) {
    List<Bound<NtkSettings>> ntks = bound(NtkSettings.class, "ntk", "{}");
    List<Integer> lengths = trainings.stream().map(TrainingSettings::epochs).distinct().toList();
    for (Bound<NtkSettings> ntk : ntks) {
      for (Checkpoint checkpoint : ntk.value().epochs()) {
        for (int epochs : lengths) {
          try {
            checkpoint.epoch(epochs);
          } catch (IllegalArgumentException e) {
            throw ntk.at("epochs").error("%s", String.valueOf(e.getMessage()));
          }
        }
      }
    }
    return ntks.stream().map(Bound::value).toList();
  }
}
