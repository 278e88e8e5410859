package io.eigensweep.signal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The signals of a folder: every visible file in it that may be one, not below it, sorted by name.
 *
 * @param folder the folder
 * @param address as the job spells it
 * @param things what the files should be, in the plural
 * @param signal makes a signal of the folder's address and a file's name
 */
record SignalFolder(
    Folder folder, String address, String things, BiFunction<String, String, Signal> signal) {

  Resolution resolve() {
    if (folder.pictures().isEmpty()) {
      throw SignalSourceException.content(
          "signal.path "
              + address
              + " holds no "
              + things
              + " ("
              + folder.folders().size()
              + " folders, "
              + folder.others().size()
              + " files of other kinds, "
              + folder.hidden().size()
              + " hidden entries); allowed is a file or a folder with "
              + things
              + " directly in it"
              + (things.equals("pictures") ? "; for folders of classes use type: imagenet" : ""));
    }
    List<Signal> signals = new ArrayList<>();
    Map<Signal, FileStamp> stamps = new HashMap<>();
    for (String name : folder.pictures()) {
      Signal file = signal.apply(folder.path().toString(), name);
      signals.add(file);
      stamps.put(file, folder.stamp(name));
    }
    List<String> notes = new ArrayList<>();
    folder.note("folders, which are not looked into", folder.folders(), notes);
    folder.noteUnused(notes);
    return new Resolution(signals, 0, folder.pictures().size(), notes, stamps);
  }
}
