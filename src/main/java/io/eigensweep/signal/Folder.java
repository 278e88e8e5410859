package io.eigensweep.signal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
 * @param pictures names of visible files
 * @param hidden names of hidden entries of either sort
 */
record Folder(
    FileSystem files, Path path, List<String> folders, List<String> pictures, List<String> hidden) {

  /** How many names a note spells out. */
  private static final int SHOWN = 5;

  /** Lists {@code path}. */
  static Folder open(FileSystem files, Path path) throws IOException {
    List<String> folders = new ArrayList<>();
    List<String> pictures = new ArrayList<>();
    List<String> hidden = new ArrayList<>();
    for (FileStatus status : files.listStatus(path)) {
      String name = status.getPath().getName();
      if (name.startsWith(".") || name.startsWith("_")) {
        hidden.add(name);
      } else if (status.isDirectory()) {
        folders.add(name);
      } else {
        pictures.add(name);
      }
    }
    folders.sort(SignalPaths.BY_CODE_POINT);
    pictures.sort(SignalPaths.BY_CODE_POINT);
    hidden.sort(SignalPaths.BY_CODE_POINT);
    return new Folder(files, path, folders, pictures, hidden);
  }

  /** Lists the folder {@code name} in this one. */
  Folder child(String name) throws IOException {
    return open(files, SignalPaths.child(path, name));
  }

  /**
   * A note on {@code names}, one line: {@code "ignored under /data: 7 hidden entries (.a, …)"};
   * none for no names.
   */
  void note(String what, List<String> names, List<String> notes) {
    if (!names.isEmpty()) {
      notes.add(
          String.format(
              Locale.ROOT, "ignored in %s: %d %s (%s)", path, names.size(), what, some(names)));
    }
  }

  /** The first few of {@code names}. */
  static String some(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    return names.size() > SHOWN ? first + ", …" : first;
  }
}
