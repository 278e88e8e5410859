package io.eigensweep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every storage promises, on a local folder. */
class StorageTest {
  private static final Configuration CONF = new Configuration();

  @TempDir java.nio.file.Path folder;

  static List<Storage> storages() throws IOException {
    URI local = URI.create("file:///");
    FileSystem fs = FileSystem.get(local, CONF);
    return List.of(
        new LocalStorage(),
        new ContextStorage(FileContext.getFileContext(local, CONF), fs),
        new HadoopStorage(fs));
  }

  @ParameterizedTest
  @MethodSource("storages")
  void renamesWhenTheNameIsFree(Storage storage) throws IOException {
    storage.write(path("a"), bytes("one"));
    assertThat(storage.renameIfAbsent(path("a"), path("b"))).isTrue();
    assertThat(folder.resolve("a")).doesNotExist();
    assertThat(folder.resolve("b")).hasContent("one");
  }

  @ParameterizedTest
  @MethodSource("storages")
  void neverOverwritesWhenTheNameIsTaken(Storage storage) throws IOException {
    storage.write(path("a"), bytes("one"));
    storage.write(path("b"), bytes("two"));
    assertThat(storage.renameIfAbsent(path("a"), path("b"))).isFalse();
    assertThat(folder.resolve("a")).hasContent("one");
    assertThat(folder.resolve("b")).hasContent("two");
  }

  @ParameterizedTest
  @MethodSource("storages")
  void failsWhenThereIsNothingToRename(Storage storage) {
    assertThatThrownBy(() -> storage.renameIfAbsent(path("absent"), path("b")))
        .isInstanceOf(IOException.class);
    assertThat(folder.resolve("b")).doesNotExist();
  }

  @ParameterizedTest
  @MethodSource("storages")
  void replacesAndMakesMissingFolders(Storage storage) throws IOException {
    storage.write(path("a"), bytes("one"));
    storage.replace(path("a"), path("x/y/b"));
    storage.write(path("a"), bytes("two"));
    storage.replace(path("a"), path("x/y/b"));
    assertThat(folder.resolve("x/y/b")).hasContent("two");
    assertThat(folder.resolve("a")).doesNotExist();
  }

  @ParameterizedTest
  @MethodSource("storages")
  void writesIntoMissingFoldersAndShortensLongerFiles(Storage storage) throws IOException {
    storage.write(path("x/a"), bytes("a long text"));
    storage.write(path("x/a"), bytes("short"));
    assertThat(Files.readString(folder.resolve("x/a"))).isEqualTo("short");
  }

  @ParameterizedTest
  @MethodSource("storages")
  void readsAFileAndItsEnd(Storage storage) throws IOException {
    storage.write(path("a"), bytes("a long text"));
    assertThat(storage.read(path("a"))).isEqualTo(bytes("a long text"));
    assertThat(storage.tail(path(""), "a", 11, 4)).isEqualTo(bytes("text"));
    assertThat(storage.tail(path(""), "a", 11, 400)).isEqualTo(bytes("a long text"));
  }

  @ParameterizedTest
  @MethodSource("storages")
  void leavesNoTemporaryFileWhateverHappens(Storage storage) throws IOException {
    storage.write(path("taken"), bytes("one"));
    Files.createDirectories(folder.resolve("folder/full"));

    assertThat(storage.create(path("tmp/a"), path("taken"), bytes("two"))).isFalse();
    assertThatThrownBy(() -> storage.put(path("tmp/b"), path("folder"), bytes("two")))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> storage.note(path("tmp/c"), path("folder"), bytes("two")))
        .isInstanceOf(IOException.class);
    try (Stream<java.nio.file.Path> left = Files.list(folder.resolve("tmp"))) {
      assertThat(left).isEmpty();
    }
    assertThat(folder.resolve("taken")).hasContent("one");
  }

  @Test
  void leavesNothingOnADiskThatIsFull() throws IOException {
    FileSystem full = FullFileSystem.in(folder.resolve("disk"), 5);
    FileContext context = FileContext.getFileContext(URI.create("file:///"), CONF);
    for (Storage storage : List.of(new HadoopStorage(full), new ContextStorage(context, full))) {
      assertThatThrownBy(() -> storage.put(path("disk/tmp"), path("disk/a"), bytes("too long")))
          .hasMessageContaining("No space left");
      assertThatThrownBy(() -> storage.create(path("disk/tmp"), path("disk/a"), bytes("too long")))
          .hasMessageContaining("No space left");
      assertThat(folder.resolve("disk")).isEmptyDirectory();
    }
  }

  /** The folder of a disk that is not mounted: rows in it would be hidden when it is. */
  @Test
  void onTheLocalDiskNoSweepIsMadeAnew() {
    Storage storage = new LocalStorage();
    for (String mountPoint : List.of("", "sweeps/")) {
      Path temporary = path(mountPoint + "trials/_tmp/a");
      assertThatThrownBy(() -> storage.create(temporary, path("trials/a"), bytes("row")))
          .isInstanceOf(NoSuchFileException.class);
      assertThatThrownBy(() -> storage.put(temporary, path("artifacts/x/a"), bytes("file")))
          .isInstanceOf(NoSuchFileException.class);
      assertThatThrownBy(() -> storage.note(temporary, path("attempts/a"), bytes("note")))
          .isInstanceOf(NoSuchFileException.class);
    }
    assertThat(folder).isEmptyDirectory();
  }

  /** A test followed by a rename (seen to lose this race within a few rounds) is not enough. */
  @Test
  void onTheLocalDiskExactlyOneOfTwoRenamesWins()
      throws IOException, InterruptedException, ExecutionException {
    Storage storage = new LocalStorage();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 300; round++) {
        Path target = path("target" + round);
        CyclicBarrier start = new CyclicBarrier(2);
        List<Future<Boolean>> outcomes = new ArrayList<>();
        for (String name : List.of("a", "b")) {
          Path source = path(name);
          Files.writeString(folder.resolve(name), name);
          outcomes.add(
              threads.submit(
                  () -> {
                    start.await();
                    return storage.renameIfAbsent(source, target);
                  }));
        }
        boolean first = outcomes.get(0).get();
        boolean second = outcomes.get(1).get();
        assertThat(first).as("round %d", round).isNotEqualTo(second);
        assertThat(folder.resolve("target" + round)).hasContent(first ? "a" : "b");
      }
    } finally {
      threads.shutdown();
    }
  }

  private Path path(String name) {
    return new Path(folder.resolve(name).toUri());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
