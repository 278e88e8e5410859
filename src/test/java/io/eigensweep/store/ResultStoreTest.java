package io.eigensweep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eigensweep.result.RowLabel;
import io.eigensweep.result.SampleResults;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.Trial;
import io.eigensweep.trial.TrialId;
import io.eigensweep.trial.TrialResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultStoreTest {
  private static final Configuration CONF = new Configuration();
  private static final String JOB =
      "{\"eigensweep\":\"0.1.0\",\"numerics\":1,\"job\":{\"name\":\"first\"},\"signals\":[],"
          + "\"trials\":12}";

  @TempDir java.nio.file.Path folder;
  private ResultStore store;

  @BeforeEach
  void openStore() {
    store = new ResultStore(folder.resolve("out").toUri(), CONF);
  }

  @Test
  void commitsARowUnderItsId() throws IOException {
    store.prepare();
    store.writeJob(JOB);
    TrialResult result = result(0);

    assertThat(store.commit(result)).isTrue();

    assertThat(store.committed()).containsExactly(result.trial().id());
    assertThat(store.row(result.trial().id()))
        .containsEntry("trial_id", result.trial().id().text())
        .containsEntry("job", "first");
    assertThat(files("trials")).containsExactly("_tmp", result.trial().id() + ".parquet");
    assertThat(files("trials/_tmp")).isEmpty();
  }

  @Test
  void keepsTheFirstRowAndCleansUpAfterTheSecond() throws IOException {
    store.prepare();
    TrialResult first = result(0);
    store.commit(first);

    assertThat(store.commit(SampleResults.failed(first.trial(), "too late"))).isFalse();

    assertThat(store.row(first.trial().id())).containsEntry("status", "SUCCEEDED");
    assertThat(files("trials/_tmp")).isEmpty();
  }

  @Test
  void exactlyOneOfManyWritersWins() throws IOException, InterruptedException, ExecutionException {
    store.prepare();
    int writers = 4;
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      for (int seed = 0; seed < 10; seed++) {
        TrialResult result = result(seed);
        CyclicBarrier start = new CyclicBarrier(writers);
        List<Future<Boolean>> outcomes = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
          ResultStore own = new ResultStore(folder.resolve("out").toUri(), CONF);
          outcomes.add(
              threads.submit(
                  () -> {
                    start.await();
                    return own.commit(result);
                  }));
        }
        int wins = 0;
        for (Future<Boolean> outcome : outcomes) {
          wins += outcome.get() ? 1 : 0;
        }
        assertThat(wins).isEqualTo(1);
        assertThat(store.row(result.trial().id())).containsEntry("status", "SUCCEEDED");
      }
    } finally {
      threads.shutdown();
    }
    assertThat(store.committed()).hasSize(10);
    assertThat(files("trials/_tmp")).isEmpty();
  }

  @Test
  void listsNothingButRows() throws IOException {
    assertThat(store.committed()).isEmpty();
    store.prepare();
    TrialResult result = result(0);
    store.commit(result);
    java.nio.file.Path trials = folder.resolve("out/trials");
    Files.createFile(trials.resolve("notes.txt"));
    Files.createFile(trials.resolve("AAAAAAAAAAAAAAAA.parquet"));
    Files.createFile(trials.resolve("aaaaaaaaaaaaaaaa.parquet.crc"));
    Files.createFile(trials.resolve("aaaaaaaaaaaaaaa.parquet"));
    Files.createFile(trials.resolve("_tmp/bbbbbbbbbbbbbbbb.parquet"));
    Files.createDirectory(trials.resolve("cccccccccccccccc.parquet"));

    assertThat(store.committed()).containsExactly(result.trial().id());
  }

  @Test
  void supersedesRowsByStatusAndKeepsEveryOne() throws IOException {
    store.prepare();
    TrialResult good = result(0);
    TrialResult bad = SampleResults.failed(trial(1), "x");
    TrialResult late = SampleResults.failed(trial(2), Status.TIMED_OUT, "x");
    TrialResult diverged = SampleResults.failed(trial(3), Status.DIVERGED, "x");
    for (TrialResult result : List.of(good, bad, late, diverged)) {
      store.commit(result);
    }
    Set<Status> retried = Set.of(Status.FAILED, Status.TIMED_OUT, Status.OUT_OF_MEMORY);

    assertThat(store.labels(store.rowFiles())).hasSize(4);
    assertThat(store.supersede(retried)).isEqualTo(2);
    assertThat(store.committed())
        .containsExactlyInAnyOrder(good.trial().id(), diverged.trial().id());

    store.commit(bad);
    assertThat(store.supersede(retried)).isEqualTo(1);
    assertThat(store.supersede(retried)).isZero();
    assertThat(files("trials/_superseded"))
        .containsExactlyInAnyOrder(
            bad.trial().id() + "-1.parquet",
            bad.trial().id() + "-2.parquet",
            late.trial().id() + "-1.parquet");
  }

  @Test
  void namesTheRowsThatCanNotBeUsedAndMovesThemAside() throws IOException {
    store.prepare();
    TrialResult good = result(0);
    TrialResult cut = result(1);
    TrialResult copied = result(2);
    TrialId foreign = new TrialId("aaaaaaaaaaaaaaaa");
    for (TrialResult result : List.of(good, cut, copied)) {
      store.commit(result);
    }
    java.nio.file.Path trials = folder.resolve("out/trials");
    java.nio.file.Path file = trials.resolve(cut.trial().id() + ".parquet");
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 2000));
    Files.copy(
        trials.resolve(good.trial().id() + ".parquet"),
        trials.resolve(copied.trial().id() + ".parquet"),
        StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(trials.resolve(foreign + ".parquet"), "no row");

    assertThat(store.damaged(store.committed()))
        .containsOnlyKeys(cut.trial().id(), copied.trial().id(), foreign)
        .allSatisfy(
            (id, reason) -> assertThat(reason).contains(id + ".parquet").doesNotContain("\n"));
    assertThat(store.labels(store.rowFiles())).containsOnlyKeys(good.trial().id());
    assertThat(store.rows(store.committed(), Set.of("psnr"))).hasSize(1);
    assertThatThrownBy(() -> store.row(foreign))
        .isInstanceOf(ResultStoreException.class)
        .hasMessageContaining(foreign + ".parquet");

    assertThat(store.supersede(Set.of(Status.FAILED))).isEqualTo(3);
    assertThat(store.committed()).containsExactly(good.trial().id());
  }

  @Test
  void labelsARowWithoutReadingIt() throws IOException {
    store.prepare();
    String message = "picture 😀 ".repeat(100);
    TrialResult bad = SampleResults.failed(trial(1), message);
    store.commit(bad);
    TrialId id = bad.trial().id();
    java.nio.file.Path file = folder.resolve("out/trials/" + id + ".parquet");
    byte[] bytes = Files.readAllBytes(file);
    bytes[100] ^= 1;
    Files.write(file, bytes);

    RowLabel label = Objects.requireNonNull(store.labels(store.rowFiles()).get(id));
    assertThat(label.status()).isEqualTo(Status.FAILED);
    assertThat(message).startsWith(label.failureMessage());
    assertThat(label.host()).isEqualTo(bad.provenance().host());
    assertThat(store.damaged(store.committed())).containsOnlyKeys(id);
  }

  /** Whoever reads many at a time, too, is told what could not be done, and where. */
  @Test
  void saysOfEveryReadWhatCouldNotBeReadWhenStorageIsAway() throws IOException {
    store.prepare();
    store.writeJob(JOB);
    TrialId id = result(0).trial().id();
    store.commit(result(0));
    ResultStore away =
        new ResultStore(CountingFileSystem.path(folder.resolve("out")), CountingFileSystem.conf());
    Map<TrialId, RowVersion> files = away.rowFiles();
    Map<String, ThrowingCallable> reads = new TreeMap<>();
    reads.put("trials", away::rowFiles);
    reads.put(id + ".parquet", () -> away.labels(files));
    reads.put("/" + id + ".parquet", () -> away.damaged(files.keySet()));
    reads.put("trials/" + id + ".parquet", () -> away.rows(files.keySet(), Set.of("psnr")));
    reads.put("/trials/" + id + ".parquet", () -> away.row(id));
    reads.put("job.json", away::readJob);
    reads.put("/job.json", away::requireThere);
    reads.put("attempts", () -> away.attempts().open(files.keySet()));
    reads.put("/attempts", () -> away.attempts().deaths(files.keySet()));
    try {
      CountingFileSystem.AWAY.set(true);
      reads.forEach(
          (place, read) ->
              assertThatThrownBy(read)
                  .isInstanceOf(ResultStoreException.class)
                  .hasMessageContaining(place)
                  .hasMessageContaining("storage is away"));
    } finally {
      CountingFileSystem.reset();
    }
  }

  @Test
  void freezesTheJob() throws IOException {
    assertThat(store.readJob()).isEmpty();
    assertThat(store.job()).isEmpty();
    store.prepare();
    store.writeJob(JOB);
    assertThat(store.readJob()).hasValue(JOB);
    assertThat(store.job()).hasValue(new FrozenJob("first", 12));
    store.writeJob(JOB.replace("12", "24").replace("first", "größer"));
    assertThat(store.job()).isEqualTo(Optional.of(new FrozenJob("größer", 24)));
    assertThat(files("")).containsExactly("job.json", "trials");
  }

  @Test
  void saysThatAFrozenJobIsBroken() {
    store.prepare();
    store.writeJob("{\"job\":{}}");
    assertThatThrownBy(() -> store.job())
        .isInstanceOf(ResultStoreException.class)
        .hasMessageContaining("job.json")
        .hasMessageContaining("job.name");
    store.writeJob("no JSON");
    assertThatThrownBy(() -> store.job()).isInstanceOf(ResultStoreException.class);
  }

  private static final ProcessMark PROCESS = new ProcessMark(7, "boot", "pid:[1]", "123");

  @Test
  void tellsDeathsAndOpenAttempts() {
    store.prepare();
    TrialId dies = trial(0).id();
    TrialId runs = trial(1).id();
    TrialId untried = trial(2).id();
    List<TrialId> all = List.of(dies, runs, untried);
    AttemptLog log = store.attempts();
    assertThat(log.deaths(all)).isEmpty();
    assertThat(log.open(all)).isEmpty();

    Instant start = Instant.parse("2026-01-02T03:04:05Z");
    for (int n = 0; n < 2; n++) {
      log.started(dies, new AttemptLog.Start("run-" + n + "-0", "host", PROCESS, "3", start));
      log.ended(dies, "run-" + n + "-0", AttemptLog.End.DIED, "exit code 137");
    }
    log.started(runs, new AttemptLog.Start("a-0-0", "old", PROCESS, "4", start));
    log.ended(runs, "a-0-0", AttemptLog.End.STOPPED, "told to stop");
    AttemptLog.Start second = new AttemptLog.Start("b-0-0", "new", PROCESS, "5", start);
    log.started(runs, second);

    assertThat(log.deaths(all)).containsExactly(Map.entry(dies, 2));
    assertThat(log.open(all)).containsExactly(Map.entry(runs, second));
  }

  @Test
  void deathsNoLongerCountWhenTheRowIsSuperseded() throws IOException {
    store.prepare();
    TrialResult bad = SampleResults.failed(trial(0), "x");
    TrialId id = bad.trial().id();
    for (int round = 0; round < 2; round++) {
      store.attempts().ended(id, "run-" + round + "-0", AttemptLog.End.DIED, "exit code 137");
      store.commit(bad);
      assertThat(store.supersede(Set.of(Status.FAILED))).isEqualTo(1);
      assertThat(store.attempts().deaths(List.of(id))).isEmpty();
    }
    assertThat(files("attempts/_superseded")).hasSize(2);
  }

  @Test
  void keepsTheStateOfATrialUntilItsRow() throws IOException {
    store.prepare();
    TrialResult result = result(0);
    TrialId id = result.trial().id();
    assertThat(store.read(id)).isEmpty();
    store.write(id, () -> new byte[] {1});
    store.write(id, () -> new byte[] {2, 3});
    ResultStore other = new ResultStore(folder.resolve("out").toUri(), CONF);
    assertThat(other.read(id)).hasValue(new byte[] {2, 3});

    other.commit(result);

    assertThat(store.read(id)).isEmpty();
    assertThat(files("checkpoints")).isEmpty();
  }

  @Test
  void removesWhatDeadWritersLeftAndNothingYounger() throws IOException {
    store.prepare();
    java.nio.file.Path old = folder.resolve("out/trials/_tmp/old.parquet");
    java.nio.file.Path young = folder.resolve("out/trials/_tmp/young.parquet");
    Files.writeString(old, "half a row");
    Files.writeString(young, "half a row");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(7200)));

    store.prepare();

    assertThat(files("trials/_tmp")).containsExactly("young.parquet");
  }

  @Test
  void makesAnArtifactVisibleWhenItIsClosed() throws IOException {
    store.prepare();
    Trial trial = trial(0);
    java.nio.file.Path file = folder.resolve("out/artifacts/" + trial.id() + "/weights.bin");
    OutputStream out = store.create(trial.id(), "weights.bin");
    out.write("first".getBytes(StandardCharsets.UTF_8));
    out.flush();
    assertThat(file).doesNotExist();
    out.close();
    out.close();
    assertThat(file).hasContent("first");

    try (OutputStream again = store.create(trial.id(), "weights.bin")) {
      again.write("second".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(file).hasContent("second");
    assertThat(files("artifacts/" + trial.id())).containsExactly("weights.bin");
    assertThat(files("trials/_tmp")).isEmpty();
  }

  @Test
  void anArtifactThatIsNotClosedLeavesNothing() throws IOException {
    store.prepare();
    Trial trial = trial(0);
    OutputStream abandoned = store.create(trial.id(), "weights.bin");
    abandoned.write(1);
    assertThat(folder.resolve("out/artifacts")).doesNotExist();
    assertThat(files("trials/_tmp")).isEmpty();
  }

  @Test
  void refusesAFolderThatCanNotBeMadeInOneLine() throws IOException {
    Files.writeString(folder.resolve("file"), "in the way");
    ResultStore blocked = new ResultStore(folder.resolve("file/out").toUri(), CONF);
    assertThatThrownBy(blocked::prepare)
        .isInstanceOf(ResultStoreException.class)
        .hasMessageStartingWith("can't write to file:")
        .hasMessageContaining("file/out")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void refusesAFileSystemWhoseClientFailsInOneLine() {
    Configuration conf = new Configuration(CONF);
    conf.set("fs.absent.impl", "org.example.AbsentFileSystem");
    Path out = new Path("absent://host/out");
    assertThatThrownBy(() -> new ResultStore(out, conf))
        .isInstanceOf(ResultStoreException.class)
        .hasMessageStartingWith("can't use absent://host/out: ")
        .hasMessageContaining("org.example.AbsentFileSystem");
    assertThatThrownBy(() -> new Studies(out, conf))
        .isInstanceOf(ResultStoreException.class)
        .hasMessageContaining("org.example.AbsentFileSystem");
  }

  @Test
  void refusesASchemeThatNobodyKnowsInOneLine() {
    assertThatThrownBy(() -> new ResultStore(new Path("nosuch://host/out"), CONF))
        .isInstanceOf(ResultStoreException.class)
        .hasMessageStartingWith("can't use nosuch://host/out: ")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void preparingTwiceIsHarmless() throws IOException {
    store.prepare();
    store.commit(result(0));
    store.prepare();
    assertThat(store.committed()).hasSize(1);
    assertThat(files("trials/_tmp")).isEmpty();
  }

  @Test
  void acceptsBlanksAndUmlautsInItsPath() throws IOException {
    ResultStore odd = new ResultStore(new Path(folder.resolve("my öut %20").toString()), CONF);
    odd.prepare();
    assertThat(odd.commit(result(0))).isTrue();
    assertThat(odd.committed()).hasSize(1);
    assertThat(folder.resolve("my öut %20/trials")).isDirectory();
  }

  private static Trial trial(long seed) {
    return SampleResults.trial(
        SampleResults.photo("a.JPEG"), SampleResults.multigrid(50), 100, seed);
  }

  private static TrialResult result(long seed) {
    return SampleResults.succeeded(trial(seed), 30.0, 0.9, SampleResults.resolved(3, "total", 0.4));
  }

  private List<String> files(String path) throws IOException {
    try (Stream<java.nio.file.Path> files = Files.list(folder.resolve("out").resolve(path))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
