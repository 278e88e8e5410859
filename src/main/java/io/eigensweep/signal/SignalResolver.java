package io.eigensweep.signal;

import io.eigensweep.files.HadoopPaths;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a job declares into the pictures that trials name, by listing folders on any Hadoop
 * file system; no picture is opened.
 *
 * <p>An address without a scheme belongs to the configuration's default file system. The signals
 * carry the qualified address, so that an executor with another working directory finds them. The
 * choice is deterministic: classes and files are sorted by name (code points). Nothing is dropped
 * in silence: what is ignored is a note.
 */
public final class SignalResolver {
  private final Configuration conf;

  /** A resolver of the file systems that {@code conf} knows. */
  public SignalResolver(Configuration conf) {
    this.conf = conf;
  }

  /**
   * The pictures of {@code source}.
   *
   * @throws SignalSourceException when there are none, the address is wrong or can't be reached, or
   *     a class is unknown
   */
  public Resolution resolve(SignalSource source) {
    if (source instanceof ImagenetSource imagenet) {
      Folder root = folder("signal.root", imagenet.root(), "a folder in the ImageNet layout");
      @Nullable List<String> classes =
          imagenet.classes() == null ? null : classes(imagenet.classes());
      return new ImagenetLayout(root, imagenet, classes).resolve();
    }
    if (source instanceof ImageSource image) {
      return files(
          image.path(),
          "pictures",
          (root, name) ->
              new Signal.ImageFile(root, name, image.size(), image.coordinates(), image.holdOut()));
    }
    if (source instanceof MeshSource mesh) {
      return files(
          mesh.path(),
          "meshes",
          (root, name) ->
              new Signal.MeshFile(root, name, mesh.target(), mesh.loss(), mesh.sampling()));
    }
    if (source instanceof GeneratedSource generated) {
      Signal signal =
          new Signal.GeneratedImage(
              generated.kind(),
              generated.size(),
              generated.index(),
              generated.coordinates(),
              generated.holdOut());
      return new Resolution(List.of(signal), 0, 0, List.of(), Map.of());
    }
    throw new IllegalStateException("no resolver for " + source);
  }

  /**
   * How many pictures {@code source} declares, for a plan whose root can't be reached: the number
   * of classes times that of pictures per class, empty where one of them is {@code all}; 1 for a
   * path, which is at least one picture or surface.
   */
  public static OptionalLong declaredCount(SignalSource source) {
    if (source instanceof GeneratedSource
        || source instanceof ImageSource
        || source instanceof MeshSource) {
      return OptionalLong.of(1);
    }
    if (!(source instanceof ImagenetSource imagenet)
        || imagenet.imagesPerSynset().equals(Count.ALL)) {
      return OptionalLong.empty();
    }
    long classes = imagenet.synsets().limit();
    List<String> names = imagenet.classes();
    if (names != null && !names.isEmpty() && !names.get(0).startsWith("@")) {
      classes = Math.min(classes, names.stream().distinct().count());
    } else if (imagenet.synsets().equals(Count.ALL)) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(classes * imagenet.imagesPerSynset().limit());
  }

  /** The file at {@code address}, or every file of the folder there. */
  private Resolution files(
      String address, String things, BiFunction<String, String, Signal> signal) {
    Path path = path("signal.path", address);
    try {
      FileSystem files = HadoopPaths.system(path, conf);
      FileStatus status = files.getFileStatus(path);
      Path qualified = files.makeQualified(path);
      if (status.isFile()) {
        Path parent = qualified.getParent();
        if (parent == null) {
          throw SignalSourceException.content("signal.path " + path + " is no file");
        }
        Signal only = signal.apply(parent.toString(), qualified.getName());
        return new Resolution(List.of(only), 0, 1, List.of(), Map.of(only, FileStamp.of(status)));
      }
      return new SignalFolder(Folder.open(files, qualified), address, things, signal).resolve();
    } catch (IOException | RuntimeException e) {
      throw wrap("signal.path", address, "a file or a folder of " + things, e);
    }
  }

  /** Lists the folder at {@code address}. */
  private Folder folder(String key, String address, String allowed) {
    Path path = path(key, address);
    try {
      FileSystem files = HadoopPaths.system(path, conf);
      if (files.getFileStatus(path).isFile()) {
        throw SignalSourceException.content(
            key + " " + address + " is a file; allowed is " + allowed);
      }
      return Folder.open(files, files.makeQualified(path));
    } catch (IOException | RuntimeException e) {
      throw wrap(key, address, allowed, e);
    }
  }

  /** The class names of a job: as they stand, or the lines of the one file they point to. */
  private List<String> classes(List<String> declared) {
    if (declared.isEmpty()) {
      throw SignalSourceException.content(
          "signal.classes is empty; allowed are class names, or one @FILE with a name a line");
    }
    if (declared.stream().noneMatch(name -> name.startsWith("@"))) {
      return declared;
    }
    if (declared.size() > 1) {
      throw SignalSourceException.content(
          "signal.classes mixes @FILE with other entries, got "
              + declared
              + "; allowed are class names, or one @FILE with a name a line");
    }
    String address = declared.get(0).substring(1);
    Path path = path("signal.classes", address);
    try (var in = HadoopPaths.system(path, conf).open(path)) {
      List<String> names = ClassList.parse(in.readAllBytes());
      if (names.isEmpty()) {
        throw SignalSourceException.content(
            "signal.classes @" + address + " has no names; wanted is one class name a line");
      }
      return names;
    } catch (IOException | RuntimeException e) {
      throw wrap("signal.classes", "@" + address, "a text file with one class name a line", e);
    }
  }

  private static Path path(String key, String address) {
    try {
      return HadoopPaths.of(address);
    } catch (IllegalArgumentException e) {
      throw SignalSourceException.content(
          key + " must be a path or a URI, got \"" + address + "\": " + firstLine(e));
    }
  }

  private static RuntimeException wrap(String key, String address, String allowed, Exception e) {
    if (e instanceof SignalSourceException known) {
      return known;
    }
    String what =
        e instanceof FileNotFoundException
            ? " does not exist"
            : " can't be reached (" + firstLine(e) + ")";
    return SignalSourceException.unreachable(
        key + " " + address + what + "; allowed is " + allowed, e);
  }

  private static String firstLine(Exception e) {
    String message = e.getMessage();
    return message == null || message.isBlank()
        ? e.getClass().getSimpleName()
        : message.strip().lines().findFirst().orElseThrow();
  }
}
