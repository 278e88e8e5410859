package io.eigensweep.signal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Chooses pictures from a root in the ImageNet layout, {@code <root>/<class>/<file>}.
 *
 * <p>A class is a visible folder with at least one visible file; the file's name and extension
 * don't matter. Tiny-ImageNet's {@code <root>/<class>/images/<file>} is found too: the label stays
 * the class, and the text file of boxes beside {@code images} is no picture. Only as many class
 * folders are listed as the job needs, because on an object store each costs a request or more.
 */
final class ImagenetLayout {
  private static final String DEEPER = "images";

  private final Folder root;
  private final ImagenetSource source;
  private final @Nullable List<String> wanted;
  private final List<String> notes = new ArrayList<>();

  /**
   * @param root the listed root
   * @param source what the job declares
   * @param wanted the classes that may be used, or null for all
   */
  ImagenetLayout(Folder root, ImagenetSource source, @Nullable List<String> wanted) {
    this.root = root;
    this.source = source;
    this.wanted = wanted;
  }

  Resolution resolve() {
    noteStrays();
    List<String> candidates = candidates();
    List<Signal> signals = new ArrayList<>();
    Map<Signal, FileStamp> stamps = new HashMap<>();
    List<String> empty = new ArrayList<>();
    long filesFound = 0;
    int used = 0;
    int next = 0;
    for (; next < candidates.size() && used < source.synsets().limit(); next++) {
      String label = candidates.get(next);
      Map<String, FileStamp> found = pictures(label);
      List<String> files = List.copyOf(found.keySet());
      filesFound += files.size();
      if (files.isEmpty()) {
        empty.add(label);
        continue;
      }
      used++;
      for (String file : source.imagesPerSynset().of(files)) {
        Signal picture =
            new Signal.ImagenetPicture(
                root.path().toString(),
                label,
                file,
                source.size(),
                source.coordinates(),
                source.holdOut());
        signals.add(picture);
        stamps.put(picture, Objects.requireNonNull(found.get(file)));
      }
    }
    if (signals.isEmpty()) {
      throw noPictures();
    }
    root.note("class folders without pictures", empty, notes);
    noteShortfall(used, candidates.size() - next);
    return new Resolution(signals, root.folders().size() - empty.size(), filesFound, notes, stamps);
  }

  /** The class folders that may be used, sorted. */
  private List<String> candidates() {
    if (wanted == null) {
      return root.folders();
    }
    Set<String> known = new HashSet<>(root.folders());
    TreeSet<String> chosen = new TreeSet<>(SignalPaths.BY_CODE_POINT);
    for (String name : wanted) {
      if (!known.contains(name)) {
        throw SignalSourceException.content(
            String.format(
                Locale.ROOT,
                "unknown class \"%s\" in signal.classes; allowed are the %d class folders of %s:"
                    + " %s",
                name,
                known.size(),
                source.root(),
                Folder.some(root.folders())));
      }
      if (!chosen.add(name)) {
        notes.add("signal.classes names " + name + " more than once; it is used once");
      }
    }
    return List.copyOf(chosen);
  }

  /** The files of class {@code label} below its folder, sorted, with their stamps. */
  private Map<String, FileStamp> pictures(String label) {
    try {
      Folder folder = root.child(label);
      Map<String, FileStamp> files = new TreeMap<>(SignalPaths.BY_CODE_POINT);
      files.putAll(folder.stamps());
      List<String> folders = new ArrayList<>(folder.folders());
      if (folders.remove(DEEPER)) {
        Folder deeper = folder.child(DEEPER);
        if (!deeper.pictures().isEmpty()) {
          deeper.stamps().forEach((name, stamp) -> files.put(DEEPER + "/" + name, stamp));
        }
        deeper.note("folders below a class", deeper.folders(), notes);
        deeper.noteUnused(notes);
      }
      folder.note("folders below a class", folders, notes);
      folder.noteUnused(notes);
      return files;
    } catch (IOException e) {
      throw SignalSourceException.unreachable(
          "class folder "
              + label
              + " of signal.root "
              + source.root()
              + " can't be listed: "
              + e.getMessage(),
          e);
    }
  }

  private void noteStrays() {
    List<String> posing = root.pictures().stream().filter(this::isClassName).toList();
    List<String> strays = new ArrayList<>(root.pictures());
    strays.removeAll(posing);
    root.note("files with a class's name, which are no class folders", posing, notes);
    root.note("files at the root, which are no class folders", strays, notes);
    root.noteUnused(notes);
  }

  private boolean isClassName(String name) {
    return name.matches("n[0-9]{8}") || (wanted != null && wanted.contains(name));
  }

  private void noteShortfall(int used, int left) {
    if (left > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%d further class folders were not looked into: synsets is %s",
              left,
              source.synsets().shorthand()));
    } else if (!source.synsets().equals(Count.ALL) && used < source.synsets().limit()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "synsets is %s, but only %d classes have pictures",
              source.synsets().shorthand(),
              used));
    }
  }

  private SignalSourceException noPictures() {
    return SignalSourceException.content(
        String.format(
            Locale.ROOT,
            "signal.root %s holds no pictures (%d folders, %d files at the root); allowed is"
                + " <root>/<class>/<picture> or <root>/<class>/images/<picture>",
            source.root(),
            root.folders().size(),
            root.pictures().size()));
  }
}
