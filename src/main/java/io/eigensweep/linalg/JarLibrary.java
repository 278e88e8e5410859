package io.eigensweep.linalg;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * A native library in the jar, and what its file on disk must be: of this size, with this checksum.
 *
 * @param name its file name
 * @param resource where it is
 * @param size its bytes
 * @param crc their CRC-32, which the jar's directory holds
 * @param time what JavaCPP compares the file's time of change with
 */
record JarLibrary(String name, URL resource, long size, long crc, long time) {
  private static final int BLOCK = 1 << 18;

  /** The library {@code resource}. */
  static JarLibrary of(URL resource) throws IOException {
    String path = resource.getPath();
    String name = path.substring(path.lastIndexOf('/') + 1);
    URLConnection connection = resource.openConnection();
    if (connection instanceof JarURLConnection jar) {
      var entry = jar.getJarEntry();
      return new JarLibrary(name, resource, entry.getSize(), entry.getCrc(), entry.getTime());
    }
    try (InputStream in = connection.getInputStream()) {
      CRC32 crc = new CRC32();
      long size = add(in, crc);
      return new JarLibrary(name, resource, size, crc.getValue(), connection.getLastModified());
    }
  }

  /**
   * Sees to it that {@code folder}, which nobody else may write to, holds this library whole. A
   * file of another content is replaced, never written over: another process may be running it.
   * Processes that do this at the same time end with the same file.
   *
   * @throws IOException when it can't be written, or the jar itself is damaged
   */
  Path extractTo(Path folder) throws IOException {
    Path file = folder.resolve(name);
    if (!isWhole(file)) {
      Path fresh =
          folder.resolve(
              String.format(
                  Locale.ROOT,
                  ".%s-%d-%x",
                  name,
                  ProcessHandle.current().pid(),
                  System.nanoTime()));
      try {
        Files.createFile(
            fresh,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (InputStream in = resource.openStream()) {
          Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwx------"));
        Files.setLastModifiedTime(fresh, FileTime.fromMillis(time));
        if (!isWhole(fresh)) {
          throw new IOException(
              "what was written of "
                  + name
                  + " is not what its jar's directory says: the jar or"
                  + " the disk is damaged");
        }
        put(fresh, file);
      } finally {
        Files.deleteIfExists(fresh);
      }
    }
    return file;
  }

  /** The first of several processes that extract at the same time puts the file in place. */
  private void put(Path fresh, Path file) throws IOException {
    try {
      Files.createLink(file, fresh);
      return;
    } catch (FileAlreadyExistsException e) {
      if (isWhole(file)) {
        return;
      }
    } catch (UnsupportedOperationException | IOException e) {
      // a file system without links: then the last one does
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Whether {@code file} is what the jar holds: a truncated one would end the JVM with SIGBUS. */
  boolean isWhole(Path file) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return false;
    }
    if (!attributes.isRegularFile()
        || attributes.size() != size
        || attributes.lastModifiedTime().toMillis() != time) {
      return false;
    }
    CRC32 actual = new CRC32();
    try (InputStream in = Files.newInputStream(file)) {
      add(in, actual);
    }
    return actual.getValue() == crc;
  }

  private static long add(InputStream in, CRC32 crc) throws IOException {
    byte[] block = new byte[BLOCK];
    long size = 0;
    int count;
    while ((count = in.read(block)) >= 0) {
      crc.update(block, 0, count);
      size += count;
    }
    return size;
  }
}
