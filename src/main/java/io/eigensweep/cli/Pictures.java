package io.eigensweep.cli;

import io.eigensweep.job.Job;
import io.eigensweep.plan.Quantity;
import io.eigensweep.settings.CanonicalJson;
import io.eigensweep.signal.FileStamp;
import io.eigensweep.signal.ImageSource;
import io.eigensweep.signal.ImagenetSource;
import io.eigensweep.signal.MeshSource;
import io.eigensweep.signal.Resolution;
import io.eigensweep.signal.Signal;
import io.eigensweep.signal.SignalResolver;
import io.eigensweep.signal.SignalSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * The pictures of a job's sources.
 *
 * @param signals those that are used, in the order of the job
 * @param classes folders of classes found
 * @param files picture files found, used or not
 * @param notes what was ignored, one line each
 * @param stamps of the files of those that are used
 */
record Pictures(
    List<Signal> signals,
    long classes,
    long files,
    List<String> notes,
    Map<Signal, FileStamp> stamps) {
  Pictures {
    signals = List.copyOf(signals);
    stamps = Map.copyOf(stamps);
    notes = List.copyOf(notes);
  }

  /**
   * Lists the sources of {@code job}.
   *
   * @throws io.eigensweep.signal.SignalSourceException when one of them gives no pictures
   * @throws UsageException when two files are one signal: their trials could not be told apart
   */
  static Pictures of(Job job, Configuration conf) {
    SignalResolver resolver = new SignalResolver(conf);
    List<Signal> signals = new ArrayList<>();
    Set<String> notes = new LinkedHashSet<>();
    // Sources that differ in size only look into the same folders, which count once.
    Map<Object, Resolution> places = new LinkedHashMap<>();
    Map<Signal, FileStamp> stamps = new LinkedHashMap<>();
    for (SignalSource source : job.signals()) {
      Resolution resolution = resolver.resolve(source);
      signals.addAll(resolution.signals());
      notes.addAll(resolution.notes());
      stamps.putAll(resolution.stamps());
      places.put(place(source), resolution);
    }
    long classes = places.values().stream().mapToLong(Resolution::classesFound).sum();
    long files = places.values().stream().mapToLong(Resolution::filesFound).sum();
    requireOneFileEach(signals);
    return new Pictures(signals, classes, files, List.copyOf(notes), stamps);
  }

  private static void requireOneFileEach(List<Signal> signals) {
    Map<String, Signal> first = new HashMap<>();
    for (Signal signal : signals) {
      Signal other = first.putIfAbsent(CanonicalJson.identity((Record) signal), signal);
      if (other != null && !other.equals(signal)) {
        throw new UsageException(
            "two files would be one trial, whose name holds no folder: "
                + CanonicalJson.full((Record) other)
                + " and "
                + CanonicalJson.full((Record) signal)
                + "; rename one of them, or sweep them into different --out");
      }
    }
  }

  /** {@code 20 classes found, 60 files on disk, 8 pictures used}. */
  String counts() {
    List<String> counts = new ArrayList<>();
    if (classes > 0) {
      counts.add(Quantity.count(classes, "class") + " found");
    }
    if (files > 0) {
      counts.add(Quantity.count(files, "file") + " on disk");
    }
    long used =
        signals.stream()
            .map(signal -> Arrays.asList(signal.getClass(), signal.label(), signal.id()))
            .distinct()
            .count();
    counts.add(Quantity.count(used, "picture") + " used");
    return String.join(", ", counts);
  }

  private static Object place(SignalSource source) {
    if (source instanceof ImagenetSource imagenet) {
      return Arrays.asList(imagenet.root(), imagenet.classes());
    }
    if (source instanceof MeshSource mesh) {
      return mesh.path();
    }
    return source instanceof ImageSource image ? image.path() : source;
  }
}
