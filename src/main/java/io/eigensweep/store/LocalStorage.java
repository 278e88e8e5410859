package io.eigensweep.store;

import io.eigensweep.files.HadoopPaths;
import java.io.FileNotFoundException;
import java.io.IOException;
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
import org.apache.hadoop.fs.Path;
import org.apache.logging.log4j.LogManager;

/**
 * This machine's file system through {@code java.nio}, which leaves no checksum files behind.
 * Renaming without overwrite is a hard link and an unlink: link(2) fails when the name exists,
 * whoever is first. Where hard links are not supported (FAT, some network shares) it falls back to
 * a test and a rename: a reader still never sees half a file, but of two writers in the same
 * instant both may be told that they won; both hold the same trial.
 */
record LocalStorage() implements Storage {
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
