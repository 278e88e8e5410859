package io.eigensweep.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The one way from what a user writes to a Hadoop path, and from a path to this machine's files.
 *
 * <p>Names are taken exactly as they are on disk: blanks, quotes, {@code % # + : ? * \ [ ] { }} and
 * letters of any script mean themselves. No glob, no URL encoding; {@code %41} is three characters.
 * Only Spark's readers take globs: what is handed to them must be escaped.
 */
public final class HadoopPaths {
  /** What begins a URI: {@code 07:00} and {@code a:b} are names, {@code file:/a} is none. */
  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/.*");

  private HadoopPaths() {}

  /**
   * The path that {@code text} names: a URI with a scheme and a slash ({@code hdfs://host/a}), or
   * else a path of the default file system.
   *
   * @throws IllegalArgumentException when it is empty, has a control character, or is no URI
   */
  public static Path of(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("it is empty");
    }
    text.chars()
        .filter(Character::isISOControl)
        .findFirst()
        .ifPresent(
            found -> {
              throw new IllegalArgumentException(
                  "it has the control character U+%04X".formatted(found));
            });
    if (URI.matcher(text).matches()) {
      return new Path(text);
    }
    return named(text.startsWith("//") ? text.replaceFirst("^/+", "/") : text);
  }

  /**
   * The file system of {@code path}. Clients that can't be loaded, or that find no server, say so
   * in unchecked exceptions of any kind: they are made what callers expect.
   *
   * @throws IOException when there is none, or it can't be used
   */
  public static FileSystem system(Path path, Configuration conf) throws IOException {
    try {
      FileSystem system = path.getFileSystem(conf);
      Path unused = system.getWorkingDirectory(); // FTP's client asks its server for it
      return system;
    } catch (RuntimeException e) {
      throw new IOException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
    }
  }

  /** What the file at {@code path} holds. */
  public static byte[] read(Path path, Configuration conf) throws IOException {
    try (InputStream in = system(path, conf).open(path)) {
      return in.readAllBytes();
    }
  }

  /** The path of a file of this machine. */
  public static Path of(java.nio.file.Path file) {
    return new Path("file", null, file.toAbsolutePath().toString());
  }

  /** The path of {@code name}, which may have folders before it, below {@code folder}. */
  public static Path child(Path folder, String name) {
    Path path = folder;
    for (String part : name.split("/", -1)) {
      path = new Path(path, named(part));
    }
    return path;
  }

  /** The file of this machine that {@code path}, which is of its file system, names. */
  public static java.nio.file.Path local(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath());
  }

  /** This form takes a colon as itself. */
  private static Path named(String name) {
    return new Path(null, null, name);
  }
}
