package io.eigensweep.linalg;

import dev.ludovic.netlib.blas.NativeBLAS;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * netlib's own little library, which binds Java's arrays to OpenBLAS. netlib lays it into the JVM's
 * temporary folder at each start, and can't be told another one; where nothing may be executed
 * there, that folder is another one while netlib looks.
 */
final class NetlibBinding {
  private static final String TEMPORARY = "java.io.tmpdir";

  private NetlibBinding() {}

  /**
   * The binding to the library that netlib's property names.
   *
   * @param folder one that libraries can be loaded from
   * @throws IllegalStateException when it does not load
   */
  static NativeBLAS load(Path folder) {
    String temporary = System.getProperty(TEMPORARY, "");
    boolean fit = isFit(Path.of(temporary));
    if (!fit) {
      System.setProperty(TEMPORARY, folder.toString());
    }
    try {
      return NativeBLAS.getInstance();
    } catch (LinkageError | RuntimeException e) {
      throw new IllegalStateException(
          "netlib's binding does not load"
              + (fit
                  ? ": " + e.getMessage()
                  : ": no file can be made and executed in the temporary folder "
                      + temporary
                      + "; give the JVM another one with -D"
                      + TEMPORARY),
          e);
    } finally {
      System.setProperty(TEMPORARY, temporary);
    }
  }

  /** Whether a file made in {@code folder} may be executed, which noexec mounts deny. */
  private static boolean isFit(Path folder) {
    Path probe = folder.resolve(".eigensweep-" + ProcessHandle.current().pid());
    try {
      Files.createFile(
          probe,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      return Files.isExecutable(probe);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    } finally {
      try {
        Files.deleteIfExists(probe);
      } catch (IOException e) {
        probe.toFile().deleteOnExit();
      }
    }
  }
}
