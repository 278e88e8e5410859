package io.eigensweep.plan;

import io.eigensweep.signal.ImageSource;
import io.eigensweep.signal.ImagenetSource;
import io.eigensweep.signal.MeshSource;
import io.eigensweep.signal.Signal;
import io.eigensweep.signal.SignalSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Stand-ins for the pictures of a source that can't be reached, so that its trials can be counted.
 * They have made-up names: the ids of their trials are not those of the real ones.
 *
 * @param signals one for each declared picture
 * @param note what to tell the user
 */
public record DeclaredSignals(List<Signal> signals, String note) {
  public DeclaredSignals {
    signals = List.copyOf(signals);
  }

  /**
   * {@code count} stand-ins for the pictures of {@code source}.
   *
   * @throws IllegalArgumentException for a source without files, which can always be reached
   */
  public static DeclaredSignals of(SignalSource source, long count) {
    List<Signal> signals = new ArrayList<>();
    for (long i = 1; i <= count; i++) {
      signals.add(standIn(source, "declared-" + i));
    }
    return new DeclaredSignals(
        signals, place(source) + " can't be reached: " + note(source, count));
  }

  private static String note(SignalSource source, long count) {
    String unknown = "; which of their trials are done is not known";
    if (source instanceof ImagenetSource) {
      return Quantity.count(count, "picture") + " as declared, not as counted on disk" + unknown;
    }
    if (source instanceof MeshSource) {
      return "costed as one mesh at the points that the job declares; a folder has that for each of"
          + " its files"
          + unknown;
    }
    return "costed as one picture; a folder has that for each of its files" + unknown;
  }

  private static Signal standIn(SignalSource source, String name) {
    if (source instanceof ImagenetSource imagenet) {
      return new Signal.ImagenetPicture(
          imagenet.root(),
          "declared",
          name,
          imagenet.size(),
          imagenet.coordinates(),
          imagenet.holdOut());
    } else if (source instanceof ImageSource image) {
      return new Signal.ImageFile(
          image.path(), name, image.size(), image.coordinates(), image.holdOut());
    } else if (source instanceof MeshSource mesh) {
      return new Signal.MeshFile(mesh.path(), name, mesh.target(), mesh.loss(), mesh.sampling());
    }
    throw new IllegalArgumentException(source + " can always be reached");
  }

  private static String place(SignalSource source) {
    if (source instanceof ImagenetSource imagenet) {
      return imagenet.root();
    }
    if (source instanceof MeshSource mesh) {
      return mesh.path();
    }
    return source instanceof ImageSource image ? image.path() : source.toString();
  }
}
