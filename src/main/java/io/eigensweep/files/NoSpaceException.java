package io.eigensweep.files;

import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.ClusterStorageCapacityExceededException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FsStatus;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file system has no room, or no quota, for what was to be written: waiting for it to come back
 * does not help, but making room does.
 */
public final class NoSpaceException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * What file systems say: ENOSPC, EDQUOT, HDFS's quotas, S3-like stores. Java tells no numbers of
   * errors; {@link #of} looks at the room itself, for systems that speak another language.
   */
  private static final Pattern WORDS =
      Pattern.compile(
          "no space left|not enough space|quota( of .{0,999})? ?(is )?exceeded"
              + "|insufficient ?storage|storage ?full|capacity ?exceeded|disk is full",
          Pattern.CASE_INSENSITIVE);

  /** HDFS when no node takes a block: none is up, or none has room. */
  private static final Pattern NO_NODE = Pattern.compile("could only be (written|replicated) to");

  private NoSpaceException(Path path, IOException cause) {
    super(
        String.format(
            Locale.ROOT, "no space left for %s (%s)", path, firstLine(cause.getMessage())),
        cause);
  }

  /** Whether {@code error}, or what it comes from, is a want of space. */
  public static boolean causes(@Nullable Throwable error) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable cause = error; cause != null && seen.add(cause); cause = cause.getCause()) {
      if (cause instanceof NoSpaceException
          || cause instanceof ClusterStorageCapacityExceededException
          || WORDS.matcher(String.valueOf(cause.getMessage())).find()) {
        return true;
      }
    }
    return false;
  }

  /**
   * What the failed write of {@code bytes} to {@code path} should be told as: a {@link
   * NoSpaceException} when {@code error} says so or there is in fact no room, else {@code error}.
   */
  public static IOException of(IOException error, FileSystem fs, Path path, long bytes) {
    return error instanceof NoSpaceException || !(causes(error) || isFull(error, fs, path, bytes))
        ? error
        : new NoSpaceException(path, error);
  }

  /** Storage that is away is not asked: that takes its client's whole patience again. */
  private static boolean isFull(IOException error, FileSystem fs, Path path, long bytes) {
    boolean local = "file".equals(fs.getUri().getScheme());
    if (!local && !NO_NODE.matcher(String.valueOf(error.getMessage())).find()) {
      return false;
    }
    try {
      FsStatus status = fs.getStatus(path.getParent());
      // HDFS asks its nodes for a block, not for the bytes; a folder that is not there has nothing.
      long wanted = local ? bytes : Math.max(bytes, fs.getDefaultBlockSize(path));
      return status.getCapacity() > 0 && status.getRemaining() < wanted;
    } catch (IOException | RuntimeException e) {
      return false; // storage that does not answer is not known to be full
    }
  }

  private static String firstLine(@Nullable String message) {
    return message == null
        ? "no reason given"
        : message.strip().lines().findFirst().orElse("no reason given");
  }
}
