package io.eigensweep.job;

import io.eigensweep.signal.Signal;
import io.eigensweep.spec.CanonicalJson;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A sweep as {@code job.json} freezes it: the job and the pictures that its sources had when it was
 * started, so that its trials can be named again anywhere, without the pictures at hand.
 *
 * @param version the project's version that froze it
 * @param numerics the numerics version that its trial ids hold
 * @param job the job
 * @param signals its pictures
 * @param trials how many trials they give
 */
public record FrozenSweep(
    String version, int numerics, Job job, List<Signal> signals, long trials) {
  /** Where the text is found in the folder of a sweep; messages name it. */
  private static final String FILE = "job.json";

  public FrozenSweep {
    signals = List.copyOf(signals);
  }

  /** The text of {@code job.json}, on one line. */
  public String json() {
    return "{\"eigensweep\":"
        + CanonicalJson.string(version)
        + ",\"numerics\":"
        + numerics
        + ",\"job\":"
        + job.canonicalJson()
        + ",\"signals\":"
        + signals.stream()
            .map(signal -> CanonicalJson.full((Record) signal))
            .collect(Collectors.joining(",", "[", "]"))
        + ",\"trials\":"
        + trials
        + "}\n";
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @throws JobException when it is something else
   */
  public static FrozenSweep read(String json) {
    Node root = YamlReader.read(json, FILE);
    if (!(root instanceof Node.Mapping frozen)) {
      throw root.at().error("a frozen job is a block of keys, not " + root.describe());
    }
    Node job = value(frozen, "job");
    if (!(job instanceof Node.Mapping block)) {
      throw job.at().error("job must be a block of keys, not " + job.describe());
    }
    Node signals = value(frozen, "signals");
    return new FrozenSweep(
        (String) Scalars.value(String.class, value(frozen, "eigensweep"), "eigensweep"),
        (Integer) Scalars.value(int.class, value(frozen, "numerics"), "numerics"),
        JobFile.job(block),
        signals instanceof Node.Sequence list && list.items().isEmpty()
            ? List.of()
            : Binder.points(Signal.class, signals, "signals").stream().map(Bound::value).toList(),
        (Long) Scalars.value(long.class, value(frozen, "trials"), "trials"));
  }

  private static Node value(Node.Mapping frozen, String key) {
    Node value = frozen.get(key);
    if (value == null) {
      throw frozen.at().error("missing key \"" + key + "\" in the frozen job");
    }
    return value;
  }
}
