package io.eigensweep.signal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Whole files of any Hadoop file system. */
final class FileBytes {
  private static final long MAX_BYTES = 1L << 29;

  private FileBytes() {}

  /**
   * The bytes of the file at {@code path}.
   *
   * @param wanted what sort of file it should be, for messages
   * @throws IOException when it can't be read, is a folder, or has more than 2^29 bytes
   */
  static byte[] read(Path path, Configuration conf, String wanted) throws IOException {
    FileSystem files = path.getFileSystem(conf);
    FileStatus status = files.getFileStatus(path);
    if (!status.isFile()) {
      throw new FileNotFoundException(path + " is a folder; a " + wanted + " file is wanted");
    }
    if (status.getLen() > MAX_BYTES) {
      throw new IOException(
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

  /** Hadoop's checksums can't name the checksum file of a name with a colon. */
  private static FileSystem readable(FileSystem files, Path path) {
    return files instanceof ChecksumFileSystem checked && path.getName().contains(":")
        ? checked.getRawFileSystem()
        : files;
  }
}
