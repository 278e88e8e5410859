package io.eigensweep.cli;

import io.eigensweep.job.Job;
import io.eigensweep.signal.ImageSource;
import io.eigensweep.signal.ImagenetSource;
import io.eigensweep.signal.MeshSource;
import io.eigensweep.signal.Resolution;
import io.eigensweep.signal.Signal;
import io.eigensweep.signal.SignalResolver;
import io.eigensweep.signal.SignalSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
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
 */
record Pictures(List<Signal> signals, long classes, long files, List<String> notes) {
  Pictures {
    signals = List.copyOf(signals);
    notes = List.copyOf(notes);
  }

  /**
   * Lists the sources of {@code job}.
   *
   * @throws io.eigensweep.signal.SignalSourceException when one of them gives no pictures
   */
  static Pictures of(Job job, Configuration conf) {
    SignalResolver resolver = new SignalResolver(conf);
    List<Signal> signals = new ArrayList<>();
    Set<String> notes = new LinkedHashSet<>();
    // Sources that differ in size only look into the same folders, which count once.
    Map<Object, Resolution> places = new LinkedHashMap<>();
    for (SignalSource source : job.signals()) {
      Resolution resolution = resolver.resolve(source);
      signals.addAll(resolution.signals());
      notes.addAll(resolution.notes());
      places.put(place(source), resolution);
    }
    long classes = places.values().stream().mapToLong(Resolution::classesFound).sum();
    long files = places.values().stream().mapToLong(Resolution::filesFound).sum();
    return new Pictures(signals, classes, files, List.copyOf(notes));
  }

  /** {@code 20 classes found, 60 files on disk, 8 pictures used}. */
  String counts() {
    List<String> counts = new ArrayList<>();
    if (classes > 0) {
      counts.add(String.format(Locale.ROOT, "%d classes found", classes));
    }
    if (files > 0) {
      counts.add(String.format(Locale.ROOT, "%d files on disk", files));
    }
    long used =
        signals.stream()
            .map(signal -> Arrays.asList(signal.getClass(), signal.label(), signal.id()))
            .distinct()
            .count();
    counts.add(String.format(Locale.ROOT, "%d pictures used", used));
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
