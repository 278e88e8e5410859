package io.eigensweep.linalg;

import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The folder that the native libraries are loaded from: one that this user alone can write to, on a
 * disk that lets programs run, whose files are those of the jar. The first candidate that is so is
 * taken; what is wrong with the others is said if none is.
 */
final class LibraryFolder {
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATELY =
      PosixFilePermissions.asFileAttribute(PRIVATE);

  private LibraryFolder() {}

  /**
   * Folders to try: the one that is set for JavaCPP, its cache in the home folder, the temporary
   * folder, Spark's scratch folders, the working folder.
   */
  static List<Path> candidates(Properties properties, Map<String, String> environment) {
    List<@Nullable String> names = new ArrayList<>();
    names.add(properties.getProperty(OpenBlas.CACHE_PROPERTY));
    String home = properties.getProperty("user.home");
    boolean exists = home != null && home.startsWith("/") && new File(home).isDirectory();
    names.add(exists ? home + "/.javacpp/cache" : null);
    names.add(properties.getProperty("java.io.tmpdir"));
    for (String variable : List.of("LOCAL_DIRS", "SPARK_LOCAL_DIRS", "SPARK_EXECUTOR_DIRS")) {
      String folders = environment.get(variable);
      names.addAll(folders == null ? List.of() : List.of(folders.split(",")));
    }
    names.add(properties.getProperty("user.dir"));
    List<Path> candidates = new ArrayList<>();
    for (String name : names) {
      if (name != null && !name.isBlank()) {
        folder(name).ifPresent(candidates::add);
      }
    }
    return candidates;
  }

  /** Empty where {@code name} is no folder of this system. */
  private static Optional<Path> folder(String name) {
    try {
      return Optional.of(Path.of(name).toAbsolutePath());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /**
   * The first of {@code candidates} that could be made ready to load {@code libraries} from.
   *
   * @throws IOException when none could, with the reason for each
   */
  static Path ready(List<Path> candidates, List<JarLibrary> libraries) throws IOException {
    List<String> problems = new ArrayList<>();
    for (Path candidate : candidates) {
      try {
        return fill(privateFolder(candidate, name(libraries)), libraries);
      } catch (IOException | SecurityException | UnsupportedOperationException e) {
        problems.add(candidate + ": " + reason(e));
      }
    }
    throw new IOException("no folder to load it from (" + String.join("; ", problems) + ")");
  }

  /** Other libraries have another folder: two versions of the program don't disturb each other. */
  private static String name(List<JarLibrary> libraries) {
    CRC32 all = new CRC32();
    for (JarLibrary library : libraries) {
      for (int shift = 0; shift < 32; shift += 8) {
        all.update((int) (library.crc() >> shift));
      }
    }
    return String.format(Locale.ROOT, "eigensweep-%08x", all.getValue());
  }

  private static Path fill(Path folder, List<JarLibrary> libraries) throws IOException {
    for (JarLibrary library : libraries) {
      Path file = library.extractTo(folder);
      if (!Files.isExecutable(file)) {
        throw new IOException("nothing may be executed there (noexec)");
      }
    }
    return folder;
  }

  /**
   * The folder {@code name} in {@code parent}, or, where somebody else made it or may write to it,
   * a new one that ends with this process: a name that can be foretold, in a folder that all can
   * write to, may be a trap.
   */
  private static Path privateFolder(Path parent, String name) throws IOException {
    Files.createDirectories(parent);
    Path folder = parent.resolve(name);
    try {
      return Files.createDirectory(folder, PRIVATELY);
    } catch (FileAlreadyExistsException e) {
      if (isPrivate(folder)) {
        return folder;
      }
    }
    return temporary(parent, name);
  }

  private static Path temporary(Path parent, String name) throws IOException {
    Path folder = Files.createDirectory(parent.resolve(name + "-" + UUID.randomUUID()), PRIVATELY);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try (var files = Files.list(folder)) {
                    for (Path file : files.toList()) {
                      Files.delete(file);
                    }
                    Files.delete(folder);
                  } catch (IOException e) {
                    folder.toFile().deleteOnExit(); // nobody is left to be told
                  }
                }));
    return folder;
  }

  /** Whether {@code folder} is a true folder of this user's that nobody else can write to. */
  static boolean isPrivate(Path folder) throws IOException {
    PosixFileAttributes attributes =
        Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isDirectory()
        || attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
        || attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
      return false;
    }
    return attributes.owner().equals(myself(folder));
  }

  /** This process's user as that file system sees it: the owner of what it makes there. */
  private static Object myself(Path folder) throws IOException {
    Path probe =
        folder.resolve(".probe-" + ProcessHandle.current().pid() + "-" + System.nanoTime());
    try {
      Files.createFile(probe, PRIVATELY);
      return Files.getOwner(probe);
    } catch (AccessDeniedException e) {
      return ""; // nobody: the folder is another's
    } finally {
      Files.deleteIfExists(probe);
    }
  }

  private static String reason(Exception e) {
    return e instanceof FileSystemException
        ? e.getClass().getSimpleName().replace("Exception", "") + " " + e.getMessage()
        : String.valueOf(e.getMessage());
  }
}
