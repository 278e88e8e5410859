package io.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryFolderTest {
  private static final byte[] CONTENT = content();

  @TempDir private Path folder;
  private List<JarLibrary> libraries = List.of();

  private static byte[] content() {
    byte[] content = new byte[300_000];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * 31 + i / 251);
    }
    return content;
  }

  @BeforeEach
  void makeJar() throws IOException {
    libraries = List.of(JarLibrary.of(entry(folder.resolve("x.jar"), "dir/libx.so.0", CONTENT)));
  }

  private static URL entry(Path jar, String name, byte[] content) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      ZipEntry entry = new ZipEntry(name);
      entry.setTime(1_700_000_000_000L);
      zip.putNextEntry(entry);
      zip.write(content);
      zip.closeEntry();
    }
    return URI.create("jar:" + jar.toUri() + "!/" + name).toURL();
  }

  private Path ready(Path... candidates) throws IOException {
    return LibraryFolder.ready(List.of(candidates), libraries);
  }

  private static void isWhole(Path library) throws IOException {
    assertThat(library).hasBinaryContent(CONTENT);
    assertThat(Files.getLastModifiedTime(library).toMillis()).isEqualTo(1_700_000_000_000L);
  }

  @Test
  void theLibraryIsLaidIntoAFolderThatIsThisUsersAlone() throws IOException {
    Path ready = ready(folder.resolve("cache/deep"));
    isWhole(ready.resolve("libx.so.0"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ready)))
        .isEqualTo("rwx------");
    assertThat(ready(folder.resolve("cache/deep"))).isEqualTo(ready);
    try (var files = Files.list(ready)) {
      assertThat(files).containsExactly(ready.resolve("libx.so.0"));
    }
  }

  @Test
  void aWholeLibraryIsNotWrittenAgain() throws IOException {
    Path library = ready(folder).resolve("libx.so.0");
    Object before = Files.getAttribute(library, "unix:ino");
    ready(folder);
    assertThat(Files.getAttribute(library, "unix:ino")).isEqualTo(before);
  }

  /** Size and time are what JavaCPP goes by: both are right in each of these. */
  @Test
  void aDamagedLibraryIsExtractedAgain() throws IOException {
    Path library = ready(folder).resolve("libx.so.0");
    byte[] halfZero = CONTENT.clone();
    Arrays.fill(halfZero, CONTENT.length / 2, CONTENT.length, (byte) 0);
    byte[] oneBit = CONTENT.clone();
    oneBit[12345] ^= 4;
    for (byte[] damaged : List.of(halfZero, oneBit, new byte[CONTENT.length])) {
      Files.write(library, damaged);
      Files.setLastModifiedTime(library, FileTime.fromMillis(1_700_000_000_000L));
      ready(folder);
      isWhole(library);
    }
  }

  @Test
  void aTruncatedLibraryOrALinkOrAnotherTimeIsReplaced() throws IOException {
    Path library = ready(folder).resolve("libx.so.0");
    Files.write(library, Arrays.copyOf(CONTENT, 1000));
    ready(folder);
    isWhole(library);
    Files.setLastModifiedTime(library, FileTime.fromMillis(0));
    ready(folder);
    isWhole(library);
    Path elsewhere = Files.move(library, folder.resolve("elsewhere"));
    Files.createSymbolicLink(library, elsewhere);
    ready(folder);
    isWhole(library);
    assertThat(Files.isRegularFile(library, LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  /** Another process may run the file: it keeps its own. */
  @Test
  void aDamagedLibraryIsReplacedNotWrittenOver() throws IOException {
    Path library = ready(folder).resolve("libx.so.0");
    Files.write(library, new byte[10]);
    Path other = folder.resolve("opened");
    Files.createLink(other, library);
    ready(folder);
    isWhole(library);
    assertThat(other).hasBinaryContent(new byte[10]);
  }

  @Test
  void aFolderThatOthersMayWriteToIsATrap() throws IOException {
    Path trap = ready(folder);
    Files.setPosixFilePermissions(trap, PosixFilePermissions.fromString("rwxrwx---"));
    Path ready = ready(folder);
    assertThat(ready).isNotEqualTo(trap).hasParent(folder);
    isWhole(ready.resolve("libx.so.0"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ready)))
        .isEqualTo("rwx------");
  }

  @Test
  void aLinkInTheFoldersPlaceIsATrap() throws IOException {
    Path place = ready(folder);
    Path elsewhere = Files.move(place, folder.resolve("elsewhere"));
    Files.createSymbolicLink(place, elsewhere);
    assertThat(ready(folder)).isNotEqualTo(place).isNotEqualTo(elsewhere);
  }

  @Test
  void theNextFolderIsTriedAndTheReasonsAreSaidWhenNoneWillDo() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Path good = folder.resolve("good");
    assertThat(ready(file, Path.of("/proc/nowhere"), good)).hasParent(good);
    assertThatThrownBy(() -> ready(file, Path.of("/proc/nowhere")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no folder to load it from (" + file)
        .hasMessageContaining("/proc/nowhere: ");
  }

  @Test
  void aJarThatIsDamagedIsNotLoadedFrom() throws IOException {
    JarLibrary library = libraries.get(0);
    JarLibrary other =
        new JarLibrary(
            library.name(), library.resource(), library.size(), library.crc() ^ 1, library.time());
    assertThatThrownBy(() -> LibraryFolder.ready(List.of(folder), List.of(other)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the jar or the disk is damaged");
    try (var left = Files.walk(folder)) {
      assertThat(left.filter(path -> path.toString().contains("libx"))).isEmpty();
    }
  }

  @Test
  void manyProcessesAtOnceEndWithOneFile() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Object>> tasks = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        tasks.add(() -> Files.getAttribute(ready(folder).resolve("libx.so.0"), "unix:ino"));
      }
      List<Object> inodes = new ArrayList<>();
      for (Future<Object> inode : threads.invokeAll(tasks)) {
        inodes.add(inode.get());
      }
      assertThat(inodes).hasSize(32).containsOnly(inodes.get(0));
    } finally {
      threads.shutdownNow();
    }
    Path ready = ready(folder);
    isWhole(ready.resolve("libx.so.0"));
    try (var files = Files.list(ready)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void theHomeFolderComesFirstThenTemporaryScratchAndWorkingFolders() throws IOException {
    Properties properties = new Properties();
    properties.setProperty("user.home", folder.toString());
    properties.setProperty("java.io.tmpdir", "/t");
    properties.setProperty("user.dir", "/w");
    assertThat(LibraryFolder.candidates(properties, Map.of("SPARK_LOCAL_DIRS", "/s1,/s2")))
        .containsExactly(
            folder.resolve(".javacpp/cache"),
            Path.of("/t"),
            Path.of("/s1"),
            Path.of("/s2"),
            Path.of("/w"));
    for (String home : List.of("?", "", folder.resolve("absent").toString())) {
      properties.setProperty("user.home", home);
      assertThat(LibraryFolder.candidates(properties, Map.of()))
          .containsExactly(Path.of("/t"), Path.of("/w"));
    }
    properties.setProperty("org.bytedeco.javacpp.cachedir", "/mine");
    assertThat(LibraryFolder.candidates(properties, Map.of())).startsWith(Path.of("/mine"));
  }
}
