package io.eigensweep.signal;

import io.eigensweep.mesh.MeshReader;
import io.eigensweep.mesh.UnreadableMeshException;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** Loads signals of every kind from any Hadoop file system. Safe for use by several threads. */
public final class SignalFiles implements SignalReader {
  private final Configuration conf;
  private final PictureReader pictures;

  /** A reader of the file systems that {@code conf} knows. */
  public SignalFiles(Configuration conf) {
    this.conf = conf;
    this.pictures = new PictureReader(conf);
  }

  @Override
  public LoadedSignal read(Signal signal) throws IOException {
    if (signal instanceof Signal.MeshFile mesh) {
      return surface(mesh);
    }
    if (signal instanceof PictureSignal picture) {
      return pictures.read(picture);
    }
    throw new IllegalStateException("no reader for " + signal);
  }

  /**
   * The SHA-256 of the signal's file in lower-case hex, as {@link LoadedSignal#sha256} has it; null
   * where the signal has no file.
   *
   * @throws IOException when the file can't be read
   */
  public @Nullable String sha256(Signal signal) throws IOException {
    @Nullable Path path = SignalPaths.of(signal);
    return path == null
        ? null
        : HexFormat.of()
            .formatHex(PictureReader.sha256().digest(FileBytes.read(path, conf, "signal's")));
  }

  private LoadedSurface surface(Signal.MeshFile signal) throws IOException {
    Path path = Objects.requireNonNull(SignalPaths.of(signal));
    byte[] bytes = FileBytes.read(path, conf, "mesh");
    try {
      String sha256 = HexFormat.of().formatHex(PictureReader.sha256().digest(bytes));
      return new LoadedSurface(signal, sha256, MeshReader.read(bytes));
    } catch (UnreadableMeshException e) {
      throw new UnreadableMeshException(path + ": " + e.getMessage(), e);
    }
  }
}
