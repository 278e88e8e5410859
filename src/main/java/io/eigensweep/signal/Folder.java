package io.eigensweep.signal;

import io.eigensweep.files.HadoopPaths;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * One listing of a folder, its names sorted by code point. Names that begin with a dot or an
 * underscore are hidden (desktop droppings, Hadoop's own files).
 *
 * @param files the file system
 * @param path the folder
 * @param folders names of visible folders
 * @param pictures names of visible files that may be pictures or meshes
 * @param others names of visible files that are something else, as their names' endings say
 * @param hidden names of hidden entries of either sort
 * @param lost names that this JVM can't express and so can't open
 * @param stamps of {@code pictures}
 */
record Folder(
    FileSystem files,
    Path path,
    List<String> folders,
    List<String> pictures,
    List<String> others,
    List<String> hidden,
    List<String> lost,
    Map<String, FileStamp> stamps) {

  /** How many names a note spells out. */
  private static final int SHOWN = 5;

  /**
   * Endings of what people keep beside their pictures and meshes. What a file is is told by its
   * content, but only when a trial reads it: these are not even opened.
   */
  private static final Set<String> OTHER_KINDS =
      Set.of(
          "bib", "csv", "db", "doc", "docx", "gz", "htm", "html", "ini", "ipynb", "json", "log",
          "md", "mtl", "npy", "npz", "pdf", "py", "sh", "tar", "tex", "toml", "tsv", "txt", "xlsx",
          "xml", "yaml", "yml", "zip");

  /** Lists {@code path}. */
  static Folder open(FileSystem files, Path path) throws IOException {
    List<String> folders = new ArrayList<>();
    List<String> pictures = new ArrayList<>();
    List<String> others = new ArrayList<>();
    List<String> hidden = new ArrayList<>();
    Map<String, FileStamp> stamps = new HashMap<>();
    for (FileStatus status : files.listStatus(path)) {
      String name = status.getPath().getName();
      if (name.startsWith(".") || name.startsWith("_")) {
        hidden.add(name);
      } else if (status.isDirectory()) {
        folders.add(name);
      } else if (isOther(name)) {
        others.add(name);
      } else {
        pictures.add(name);
        stamps.put(name, FileStamp.of(status));
      }
    }
    folders.sort(SignalPaths.BY_CODE_POINT);
    pictures.sort(SignalPaths.BY_CODE_POINT);
    others.sort(SignalPaths.BY_CODE_POINT);
    hidden.sort(SignalPaths.BY_CODE_POINT);
    return new Folder(files, path, folders, pictures, others, hidden, lost(files, path), stamps);
  }

  private static boolean isOther(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 && OTHER_KINDS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  /**
   * The names that Hadoop's local file system leaves out of a listing without a word: those outside
   * the encoding that the JVM took from its locale ({@code sun.jnu.encoding}; ASCII under {@code
   * LC_ALL=C}), which the JDK shows with U+FFFD and can't open.
   */
  private static List<String> lost(FileSystem files, Path path) {
    if (!"file".equals(files.getUri().getScheme())) {
      return List.of();
    }
    String[] names = HadoopPaths.local(path).toFile().list();
    return names == null
        ? List.of()
        : Stream.of(names).filter(name -> name.contains("\uFFFD")).sorted().toList();
  }

  /** The stamp of the visible file {@code name}. */
  FileStamp stamp(String name) {
    return Objects.requireNonNull(stamps.get(name), name);
  }

  /** Lists the folder {@code name} in this one. */
  Folder child(String name) throws IOException {
    return open(files, HadoopPaths.child(path, name));
  }

  /** Notes what no listing uses: files of other kinds, hidden ones, names that can't be opened. */
  void noteUnused(List<String> notes) {
    note("files of other kinds, by their names", others, notes);
    note("hidden entries", hidden, notes);
    note(
        "names outside this JVM's file name encoding "
            + System.getProperty("sun.jnu.encoding")
            + ", which need LC_ALL=C.UTF-8",
        lost,
        notes);
  }

  /** One line on {@code names}, {@code "ignored in /data: hidden entries: 7 (.a, …)"}, if any. */
  void note(String what, List<String> names, List<String> notes) {
    if (!names.isEmpty()) {
      notes.add(
          String.format(
              Locale.ROOT, "ignored in %s: %s: %d (%s)", path, what, names.size(), some(names)));
    }
  }

  /** The first few of {@code names}. */
  static String some(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    return names.size() > SHOWN ? first + ", …" : first;
  }
}
