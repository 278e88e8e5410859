package io.eigensweep.signal;

import io.eigensweep.files.HadoopPaths;
import java.util.Arrays;
import java.util.Comparator;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** Where signals are, and how names of files are sorted. */
final class SignalPaths {
  /** The order of names: by code point, which is that of their UTF-8 bytes. */
  static final Comparator<String> BY_CODE_POINT =
      (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

  private SignalPaths() {}

  /** The file of {@code signal}, null where it has none. */
  static @Nullable Path of(Signal signal) {
    if (signal instanceof Signal.ImagenetPicture picture) {
      return HadoopPaths.child(
          HadoopPaths.child(HadoopPaths.of(picture.root()), picture.label()), picture.file());
    }
    if (signal instanceof Signal.ImageFile file) {
      return HadoopPaths.child(HadoopPaths.of(file.root()), file.file());
    }
    return signal instanceof Signal.MeshFile mesh
        ? HadoopPaths.child(HadoopPaths.of(mesh.root()), mesh.file())
        : null;
  }
}
