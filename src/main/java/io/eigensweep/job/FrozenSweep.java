package io.eigensweep.job;

import io.eigensweep.settings.CanonicalJson;
import io.eigensweep.signal.FileStamp;
import io.eigensweep.signal.Signal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A sweep as {@code job.json} freezes it: the job and the pictures that its sources had when it was
 * started, so that its trials can be named again anywhere, without the pictures at hand.
 *
 * @param version the project's version that froze it
 * @param numerics the numerics version that its trial ids hold
 * @param job the job
 * @param signals its pictures
 * @param stamps of the pictures' files, by which a replaced one is noticed
 * @param trials how many trials they give
 */
public record FrozenSweep(
    String version,
    int numerics,
    Job job,
    List<Signal> signals,
    Map<Signal, FileStamp> stamps,
    long trials) {
  /** Where the text is found in the folder of a sweep; messages name it. */
  private static final String FILE = "job.json";

  public FrozenSweep {
    signals = List.copyOf(signals);
    stamps = Map.copyOf(stamps);
  }

  /** The text of {@code job.json}, on one line. */
  public String json() {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("eigensweep", CanonicalJson.string(version));
    parts.put("numerics", String.valueOf(numerics));
    parts.put("job", job.canonicalJson());
    parts.put("signals", CanonicalJson.full(signals));
    parts.put(
        "files",
        CanonicalJson.full(
            signals.stream().map(signal -> Objects.toString(stamps.get(signal), "")).toList()));
    parts.put("trials", String.valueOf(trials));
    return CanonicalJson.object(parts) + "\n";
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @throws JobException when it is something else
   */
  public static FrozenSweep read(String json) {
    Node root = YamlReader.read(json, FILE);
    if (!(root instanceof Node.Mapping frozen)) {
      throw root.error("a frozen job is a block of keys, not %s", root.describe());
    }
    Node job = value(frozen, "job");
    if (!(job instanceof Node.Mapping block)) {
      throw job.error("job must be a block of keys, not %s", job.describe());
    }
    Node listed = value(frozen, "signals");
    List<Signal> signals =
        listed instanceof Node.Sequence list && list.items().isEmpty()
            ? List.of()
            : Binder.points(Signal.class, listed, "signals").stream().map(Bound::value).toList();
    return new FrozenSweep(
        (String) Scalars.value(String.class, value(frozen, "eigensweep"), "eigensweep"),
        (Integer) Scalars.value(int.class, value(frozen, "numerics"), "numerics"),
        JobFile.job(block),
        signals,
        stamps(frozen.get("files"), signals),
        (Long) Scalars.value(long.class, value(frozen, "trials"), "trials"));
  }

  /** Without them, every file counts as untouched. */
  private static Map<Signal, FileStamp> stamps(@Nullable Node files, List<Signal> signals) {
    Map<Signal, FileStamp> stamps = new HashMap<>();
    if (files instanceof Node.Sequence list) {
      for (int i = 0; i < Math.min(signals.size(), list.items().size()); i++) {
        String text = (String) Scalars.value(String.class, list.items().get(i), "files");
        if (!text.isEmpty()) {
          stamps.put(signals.get(i), FileStamp.parse(text));
        }
      }
    }
    return stamps;
  }

  private static Node value(Node.Mapping frozen, String key) {
    Node value = frozen.get(key);
    if (value == null) {
      throw frozen.error("missing key \"%s\" in the frozen job", key);
    }
    return value;
  }
}
