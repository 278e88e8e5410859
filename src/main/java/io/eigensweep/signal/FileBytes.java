package io.eigensweep.signal;

import io.eigensweep.files.HadoopPaths;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** Whole files of any Hadoop file system. */
final class FileBytes {
  private static final long MAX_BYTES = 1L << 29;

  private FileBytes() {}

  /**
   * The bytes of the file at {@code path}.
   *
   * @param wanted what sort of file it should be, for messages
   * @throws UnreadableSignalException when it is a folder, or has more than 2^29 bytes
   * @throws MissingSignalException when it is not there, but other files of its kind are
   * @throws IOException when it can't be read
   */
  static byte[] read(Path path, Configuration conf, String wanted) throws IOException {
    FileSystem files = HadoopPaths.system(path, conf);
    FileStatus status = status(files, path);
    if (!status.isFile()) {
      throw new UnreadableSignalException(path + " is a folder; a " + wanted + " file is wanted");
    }
    if (status.getLen() > MAX_BYTES) {
      throw new UnreadableSignalException(
          String.format(
              Locale.ROOT,
              "%s: the file has %d bytes; at most %d are read",
              path,
              status.getLen(),
              MAX_BYTES));
    }
    try (FSDataInputStream in = readable(files, path).open(path)) {
      return in.readAllBytes();
    }
  }

  private static FileStatus status(FileSystem files, Path path) throws IOException {
    try {
      return files.getFileStatus(path);
    } catch (FileNotFoundException e) {
      if (hasSiblings(files, path)) {
        throw new MissingSignalException(
            path + " is not there, though other files of its folder are", e);
      }
      throw e;
    }
  }

  /**
   * Whether the folder of {@code path} has another file of its kind; an empty mount point has none.
   */
  private static boolean hasSiblings(FileSystem files, Path path) {
    try {
      RemoteIterator<FileStatus> others = files.listStatusIterator(path.getParent());
      while (others.hasNext()) {
        FileStatus other = others.next();
        if (other.isFile()
            && other.getLen() > 0
            && extension(other.getPath()).equals(extension(path))) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false; // the folder is away, too
    }
  }

  private static String extension(Path path) {
    String name = path.getName();
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /** Hadoop's checksums can't name the checksum file of a name with a colon. */
  private static FileSystem readable(FileSystem files, Path path) {
    return files instanceof ChecksumFileSystem checked && path.getName().contains(":")
        ? checked.getRawFileSystem()
        : files;
  }
}
