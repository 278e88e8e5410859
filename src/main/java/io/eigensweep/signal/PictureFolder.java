package io.eigensweep.signal;

import java.util.ArrayList;
import java.util.List;

/** The pictures of a folder: every visible file in it, not below it, sorted by name. */
final class PictureFolder {
  private final Folder folder;
  private final ImageSource source;

  PictureFolder(Folder folder, ImageSource source) {
    this.folder = folder;
    this.source = source;
  }

  Resolution resolve() {
    if (folder.pictures().isEmpty()) {
      throw SignalSourceException.content(
          "signal.path "
              + source.path()
              + " holds no pictures ("
              + folder.folders().size()
              + " folders, "
              + folder.hidden().size()
              + " hidden entries); allowed is a picture file or a folder with pictures directly in"
              + " it; for folders of classes use type: imagenet");
    }
    List<Signal> signals = new ArrayList<>();
    for (String name : folder.pictures()) {
      signals.add(
          new Signal.ImageFile(
              folder.path().toString(), name, source.size(), source.coordinates()));
    }
    List<String> notes = new ArrayList<>();
    folder.note("folders, which are not looked into", folder.folders(), notes);
    folder.note("hidden entries", folder.hidden(), notes);
    return new Resolution(signals, 0, folder.pictures().size(), notes);
  }
}
