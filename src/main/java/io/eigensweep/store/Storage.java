package io.eigensweep.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * How files appear whole, or not at all, and without replacing each other, on different file
 * systems. Paths are in the same file system and folder tree.
 */
sealed interface Storage permits LocalStorage, HadoopStorage {

  /** The best storage for {@code folder}, which is in {@code fs}. */
  static Storage of(FileSystem fs, Path folder, Configuration conf) throws IOException {
    if (fs instanceof LocalFileSystem || fs instanceof RawLocalFileSystem) {
      return new LocalStorage();
    }
    if (fs.hasPathCapability(folder, CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE)) {
      return new ObjectStorage(fs);
    }
    try {
      return new ContextStorage(FileContext.getFileContext(fs.getUri(), conf), fs);
    } catch (UnsupportedFileSystemException e) {
      return new HadoopStorage(fs);
    }
  }

  /** Writes a file, replacing one of that name; its folder is made where it is missing. */
  void write(Path file, byte[] content) throws IOException;

  /** The whole content of a file. */
  byte[] read(Path file) throws IOException;

  /** The last bytes, at most {@code most}, of the file {@code name}, which has {@code length}. */
  byte[] tail(Path folder, String name, long length, int most) throws IOException;

  /**
   * Makes {@code file} appear whole, by way of {@code temporary}, of which nothing stays; false
   * when it exists.
   */
  default boolean create(Path temporary, Path file, byte[] content) throws IOException {
    return leavingNothing(
        this,
        temporary,
        () -> {
          write(temporary, content);
          boolean first = renameIfAbsent(temporary, file);
          if (!first) {
            delete(temporary);
          }
          return first;
        });
  }

  /** Makes {@code file} appear whole, by way of {@code temporary}, replacing one of that name. */
  default void put(Path temporary, Path file, byte[] content) throws IOException {
    boolean unused =
        leavingNothing(
            this,
            temporary,
            () -> {
              write(temporary, content);
              replace(temporary, file);
              return true;
            });
  }

  /** {@link #put} without waiting until the disk has it. */
  default void note(Path temporary, Path file, byte[] content) throws IOException {
    put(temporary, file, content);
  }

  /**
   * The files of a folder, from one listing; folders in it are left out. Names and versions only: a
   * listing of 100,000 paths costs more than all that is done with them.
   *
   * @throws FileNotFoundException when the folder is not there
   */
  Map<String, RowVersion> list(Path folder) throws IOException;

  /** Removes a file if it is there. */
  void delete(Path file) throws IOException;

  /** What ends with a file under its name. */
  interface Writing {
    boolean run() throws IOException;
  }

  /** A write that has failed, above all on a full disk, must not keep what the next one needs. */
  static boolean leavingNothing(Storage storage, Path temporary, Writing writing)
      throws IOException {
    try {
      return writing.run();
    } catch (IOException | RuntimeException e) {
      try {
        storage.delete(temporary);
      } catch (IOException | RuntimeException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  /** Renames a file; false when {@code to} exists, {@code from} then stays. */
  boolean renameIfAbsent(Path from, Path to) throws IOException;

  /** Renames a file over what may be there; missing folders are made. */
  void replace(Path from, Path to) throws IOException;
}
