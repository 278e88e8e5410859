package io.eigensweep.signal;

import java.util.Arrays;
import java.util.Comparator;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Hadoop paths from names exactly as they are on disk: blanks, quotes, {@code % # + : [ ] { }} and
 * letters of any script mean themselves. No glob, no URL encoding.
 */
final class SignalPaths {
  /** The order of names: by code point, which is that of their UTF-8 bytes. */
  static final Comparator<String> BY_CODE_POINT =
      (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

  private SignalPaths() {}

  /** The file of {@code signal}, null where it has none. */
  static @Nullable Path of(Signal signal) {
    if (signal instanceof Signal.ImagenetPicture picture) {
      return child(child(new Path(picture.root()), picture.label()), picture.file());
    }
    if (signal instanceof Signal.ImageFile file) {
      return child(new Path(file.root()), file.file());
    }
    return signal instanceof Signal.MeshFile mesh
        ? child(new Path(mesh.root()), mesh.file())
        : null;
  }

  /** The path of {@code name}, which may have folders before it, below {@code folder}. */
  static Path child(Path folder, String name) {
    Path path = folder;
    for (String part : name.split("/", -1)) {
      path = new Path(path, new Path(null, null, part)); // this form takes a colon as itself
    }
    return path;
  }
}
