package io.eigensweep.store;

import io.eigensweep.files.HadoopPaths;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.logging.log4j.LogManager;

/**
 * How files appear whole, or not at all, and without replacing each other, on different file
 * systems. Paths are in the same file system and folder tree.
 */
sealed interface Storage {

  /** The best storage for {@code folder}, which is in {@code fs}. */
  static Storage of(FileSystem fs, Path folder, Configuration conf) throws IOException {
    if (fs instanceof LocalFileSystem || fs instanceof RawLocalFileSystem) {
      return new Local();
    }
    if (fs.hasPathCapability(folder, CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE)) {
      return new Objects(fs);
    }
    try {
      return new Context(FileContext.getFileContext(fs.getUri(), conf), fs);
    } catch (UnsupportedFileSystemException e) {
      return new Plain(fs);
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

  /** The same, without waiting until the disk has it. */
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
  private static boolean leavingNothing(Storage storage, Path temporary, Writing writing)
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

  /**
   * This machine's file system through {@code java.nio}, which leaves no checksum files behind.
   * Renaming without overwrite is a hard link and an unlink: link(2) fails when the name exists,
   * whoever is first. Where hard links are not supported (FAT, some network shares) it falls back
   * to a test and a rename: a reader still never sees half a file, but of two writers in the same
   * instant both may be told that they won; both hold the same trial.
   */
  record Local() implements Storage {
    @Override
    public void note(Path temporary, Path file, byte[] content) throws IOException {
      boolean unused =
          Storage.leavingNothing(
              this,
              temporary,
              () -> {
                createParent(HadoopPaths.local(temporary), 1);
                Files.write(HadoopPaths.local(temporary), content);
                move(temporary, file);
                return true;
              });
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
      java.nio.file.Path target = HadoopPaths.local(file);
      createParent(target, 1);
      try (FileChannel channel =
          FileChannel.open(
              target,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        java.nio.ByteBuffer bytes = java.nio.ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
    }

    @Override
    public byte[] read(Path file) throws IOException {
      return Files.readAllBytes(HadoopPaths.local(file));
    }

    @Override
    public byte[] tail(Path folder, String name, long length, int most) throws IOException {
      // To make a path of Hadoop's takes longer than to read the file.
      try (FileChannel channel = FileChannel.open(HadoopPaths.local(folder).resolve(name))) {
        java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate((int) Math.min(most, length));
        long start = length - bytes.capacity();
        while (bytes.hasRemaining() && channel.read(bytes, start + bytes.position()) >= 0) {}
        return java.util.Arrays.copyOf(bytes.array(), bytes.position());
      }
    }

    /** Hadoop's own listing asks the disk five times for each file. */
    @Override
    public Map<String, RowVersion> list(Path folder) throws IOException {
      Map<String, RowVersion> files = new HashMap<>();
      try (DirectoryStream<java.nio.file.Path> names =
          Files.newDirectoryStream(HadoopPaths.local(folder))) {
        for (java.nio.file.Path file : names) {
          version(file).ifPresent(version -> files.put(file.getFileName().toString(), version));
        }
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      } catch (NoSuchFileException | NotDirectoryException e) {
        throw (FileNotFoundException) new FileNotFoundException(e.getMessage()).initCause(e);
      }
      return files;
    }

    private static Optional<RowVersion> version(java.nio.file.Path file) throws IOException {
      try {
        BasicFileAttributes known = Files.readAttributes(file, BasicFileAttributes.class);
        return known.isDirectory()
            ? Optional.empty()
            : Optional.of(new RowVersion(known.size(), known.lastModifiedTime().toMillis()));
      } catch (NoSuchFileException e) {
        return Optional.empty(); // moved away since the listing
      }
    }

    @Override
    public void delete(Path file) throws IOException {
      Files.deleteIfExists(HadoopPaths.local(file));
    }

    @Override
    public boolean renameIfAbsent(Path from, Path to) throws IOException {
      java.nio.file.Path source = HadoopPaths.local(from);
      java.nio.file.Path target = HadoopPaths.local(to);
      try {
        Files.createLink(target, source);
      } catch (FileAlreadyExistsException e) {
        return false;
      } catch (UnsupportedOperationException | FileSystemException e) {
        // Shares without hard links say so in many ways. Where it was other trouble, the move meets
        // it too.
        return moveIfAbsent(source, target);
      }
      keepName(target);
      Files.delete(source);
      return true;
    }

    private static boolean moveIfAbsent(java.nio.file.Path source, java.nio.file.Path target)
        throws IOException {
      try {
        Files.move(source, target);
        return true;
      } catch (FileAlreadyExistsException e) {
        return false;
      }
    }

    @Override
    public void replace(Path from, Path to) throws IOException {
      move(from, to);
      keepName(HadoopPaths.local(to));
    }

    private static void move(Path from, Path to) throws IOException {
      java.nio.file.Path target = HadoopPaths.local(to);
      createParent(target, 2);
      Files.move(
          HadoopPaths.local(from),
          target,
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }

    /** A file's content can outlive a power cut without its name, which its folder holds. */
    private static void keepName(java.nio.file.Path file) {
      java.nio.file.Path folder = file.getParent();
      if (folder == null) {
        return;
      }
      try (FileChannel names = FileChannel.open(folder)) {
        names.force(true);
      } catch (IOException e) {
        // Some shares can't; the file is there all the same, and is computed again if it gets lost.
        LogManager.getLogger(Storage.class).debug("{} is not synchronised", folder, e);
      }
    }

    /**
     * Makes the folder of {@code file}, and so many {@code levels} at most: one whose disk is not
     * mounted must not be made anew below the mount point, where it would be hidden later.
     */
    private static void createParent(java.nio.file.Path file, int levels) throws IOException {
      java.nio.file.Path parent = file.getParent();
      if (parent == null || levels == 0 || Files.isDirectory(parent)) {
        return;
      }
      createParent(parent, levels - 1);
      try {
        Files.createDirectory(parent);
      } catch (FileAlreadyExistsException e) {
        // another writer was faster
      }
    }
  }

  /** HDFS and other systems with a {@link FileContext}: its rename without overwrite is atomic. */
  record Context(FileContext context, FileSystem fs) implements Storage {
    @Override
    public void write(Path file, byte[] content) throws IOException {
      writeThrough(fs, file, content);
    }

    @Override
    public byte[] read(Path file) throws IOException {
      return readWhole(fs, file);
    }

    @Override
    public byte[] tail(Path folder, String name, long length, int most) throws IOException {
      return readTail(fs, new Path(folder, name), length, most);
    }

    @Override
    public Map<String, RowVersion> list(Path folder) throws IOException {
      return listed(fs, folder);
    }

    @Override
    public void delete(Path file) throws IOException {
      remove(fs, file);
    }

    @Override
    public boolean renameIfAbsent(Path from, Path to) throws IOException {
      try {
        context.rename(from, to, Rename.NONE);
        return true;
      } catch (org.apache.hadoop.fs.FileAlreadyExistsException e) {
        return false;
      }
    }

    @Override
    public void replace(Path from, Path to) throws IOException {
      fs.mkdirs(to.getParent());
      context.rename(from, to, Rename.OVERWRITE);
    }
  }

  /**
   * An object store with conditional writes, S3 above all: an object appears whole when its writer
   * closes it, so nothing takes the way through a temporary file, and of several writers that must
   * not replace each other the store itself lets one pass.
   */
  record Objects(FileSystem fs) implements Storage {
    @Override
    public void write(Path file, byte[] content) throws IOException {
      writeWhole(fs.create(file, true), content);
    }

    @Override
    public byte[] read(Path file) throws IOException {
      return readWhole(fs, file);
    }

    @Override
    public byte[] tail(Path folder, String name, long length, int most) throws IOException {
      return readTail(fs, new Path(folder, name), length, most);
    }

    @Override
    public Map<String, RowVersion> list(Path folder) throws IOException {
      return listed(fs, folder);
    }

    @Override
    public void delete(Path file) throws IOException {
      remove(fs, file);
    }

    /** Closing a stream makes the object, also after a write that has failed. */
    private static void writeWhole(FSDataOutputStream out, byte[] content) throws IOException {
      try {
        out.write(content);
      } catch (IOException e) {
        var unused = out.abort();
        throw e;
      }
      out.close();
    }

    @Override
    public boolean create(Path temporary, Path file, byte[] content) throws IOException {
      FSDataOutputStreamBuilder<?, ?> builder = fs.createFile(file);
      builder.overwrite(true);
      builder.must(CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE, true);
      try {
        writeWhole(builder.build(), content);
      } catch (IOException e) {
        if (fs.exists(file)) {
          return false;
        }
        throw e;
      }
      return true;
    }

    @Override
    public void put(Path temporary, Path file, byte[] content) throws IOException {
      write(file, content);
    }

    @Override
    public boolean renameIfAbsent(Path from, Path to) throws IOException {
      return new Plain(fs).renameIfAbsent(from, to);
    }

    @Override
    public void replace(Path from, Path to) throws IOException {
      new Plain(fs).replace(from, to);
    }
  }

  /**
   * Any other Hadoop file system: a test and a rename. Not atomic against a second writer in the
   * same instant; both then hold the same trial.
   */
  record Plain(FileSystem fs) implements Storage {
    @Override
    public void write(Path file, byte[] content) throws IOException {
      writeThrough(fs, file, content);
    }

    @Override
    public byte[] read(Path file) throws IOException {
      return readWhole(fs, file);
    }

    @Override
    public byte[] tail(Path folder, String name, long length, int most) throws IOException {
      return readTail(fs, new Path(folder, name), length, most);
    }

    @Override
    public Map<String, RowVersion> list(Path folder) throws IOException {
      return listed(fs, folder);
    }

    @Override
    public void delete(Path file) throws IOException {
      remove(fs, file);
    }

    @Override
    public boolean renameIfAbsent(Path from, Path to) throws IOException {
      if (fs.exists(to)) {
        return false;
      }
      try {
        if (fs.rename(from, to)) {
          return true;
        }
      } catch (org.apache.hadoop.fs.FileAlreadyExistsException e) {
        return false;
      }
      if (fs.exists(to)) {
        return false;
      }
      throw new IOException("the file system refused to rename " + from + " to " + to);
    }

    @Override
    public void replace(Path from, Path to) throws IOException {
      fs.mkdirs(to.getParent());
      fs.delete(to, false);
      if (!fs.rename(from, to)) {
        throw new IOException("the file system refused to rename " + from + " to " + to);
      }
    }
  }

  private static void writeThrough(FileSystem fs, Path file, byte[] content) throws IOException {
    try (OutputStream out = fs.create(file, true)) {
      out.write(content);
    }
  }

  private static byte[] readWhole(FileSystem fs, Path file) throws IOException {
    try (FSDataInputStream in = fs.open(file)) {
      return in.readAllBytes();
    }
  }

  private static byte[] readTail(FileSystem fs, Path file, long length, int most)
      throws IOException {
    byte[] bytes = new byte[(int) Math.min(most, length)];
    try (FSDataInputStream in = fs.open(file)) {
      in.readFully(length - bytes.length, bytes);
    }
    return bytes;
  }

  private static Map<String, RowVersion> listed(FileSystem fs, Path folder) throws IOException {
    Map<String, RowVersion> files = new HashMap<>();
    RemoteIterator<FileStatus> found = fs.listStatusIterator(folder);
    while (found.hasNext()) {
      FileStatus file = found.next();
      if (file.isFile()) {
        files.put(
            file.getPath().getName(), new RowVersion(file.getLen(), file.getModificationTime()));
      }
    }
    return files;
  }

  private static void remove(FileSystem fs, Path file) throws IOException {
    if (!fs.delete(file, false) && fs.exists(file)) {
      throw new IOException("the file system refused to delete " + file);
    }
  }
}
