package io.eigensweep.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eigensweep.cluster.Cluster;
import io.eigensweep.plan.PlannedTrial;
import io.eigensweep.signal.Coordinates;
import io.eigensweep.signal.Signal;
import io.eigensweep.store.CountingFileSystem;
import io.eigensweep.store.ResultStore;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.TrialId;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepDriverTest {
  private static Cluster cluster;

  @TempDir Path folder;

  @BeforeAll
  static void connect() {
    cluster = Cluster.forSweep("test");
  }

  @AfterAll
  static void disconnect() {
    cluster.close();
  }

  private SweepSummary run(ResultStore store, List<PlannedTrial> trials, BooleanSupplier stop) {
    PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    return new SweepDriver(cluster, store, SweepOptions.DEFAULT).run(trials, stop, out, false);
  }

  private ResultStore store() {
    ResultStore store = new ResultStore(folder.resolve("out").toUri(), new Configuration());
    store.prepare();
    store.writeJob("{\"job\":{\"name\":\"brief\"},\"trials\":40}");
    return store;
  }

  /** A job costs the driver as much as a brief trial: 40 trials may not need 40 jobs. */
  @Test
  void briefTrialsShareJobs() throws Exception {
    AtomicInteger jobs = new AtomicInteger();
    SparkListener counter =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            jobs.incrementAndGet();
          }
        };
    SparkContext context = cluster.session().sparkContext();
    context.addSparkListener(counter);
    ResultStore store = store();
    SweepSummary summary = run(store, BriefTrials.of(40), () -> false);
    context.listenerBus().waitUntilEmpty();
    context.removeSparkListener(counter);

    assertThat(summary.ended()).isEqualTo(40);
    assertThat(store.committed()).hasSize(40);
    assertThat(jobs.get()).isBetween(1, 10);
  }

  /** Bytes that are watched for words. */
  private static final class Watched extends ByteArrayOutputStream {
    private final String words;
    private final Runnable event;
    private boolean happened;

    /** Runs {@code event} once, as soon as {@code words} are printed. */
    Watched(String words, Runnable event) {
      this.words = words;
      this.event = event;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      super.write(bytes, offset, length);
      if (!happened && toString(StandardCharsets.UTF_8).contains(words)) {
        happened = true;
        event.run();
      }
    }

    List<String> lines() {
      return toString(StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Trials of two pictures, a.png and b.png, in the folder "pictures". */
  private List<PlannedTrial> pictureTrials(int count) throws IOException {
    Path pictures = Files.createDirectories(folder.resolve("pictures"));
    List<Signal> signals = new ArrayList<>();
    for (String name : List.of("a.png", "b.png")) {
      ImageIO.write(
          new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB),
          "png",
          pictures.resolve(name).toFile());
      signals.add(
          new Signal.ImageFile(pictures.toString(), name, null, Coordinates.CENTERS, false));
    }
    return BriefTrials.of(count, signals);
  }

  private static SweepSummary run(
      ResultStore store,
      List<PlannedTrial> trials,
      Duration patience,
      BooleanSupplier stop,
      OutputStream out) {
    SweepOptions options = SweepOptions.DEFAULT.withStoragePatience(patience);
    return new SweepDriver(cluster, store, options)
        .run(trials, stop, new PrintStream(out, true, StandardCharsets.UTF_8), false);
  }

  private static Map<TrialId, Status> fates(ResultStore store) {
    Map<TrialId, Status> fates = new TreeMap<>();
    store.labels(store.rowFiles()).forEach((id, label) -> fates.put(id, label.status()));
    return fates;
  }

  @Test
  void picturesThatAreAwayCostNothing() throws Exception {
    List<PlannedTrial> trials = pictureTrials(10);
    Path pictures = folder.resolve("pictures");
    Path away = folder.resolve("away");
    move(pictures, away);
    ResultStore store = store();
    Watched out = new Watched("storage is away", () -> move(away, pictures));

    SweepSummary summary = run(store, trials, Duration.ofSeconds(30), () -> false, out);

    assertThat(summary.ended()).isEqualTo(20);
    assertThat(fates(store)).hasSize(20).containsValue(Status.SUCCEEDED);
    assertThat(Set.copyOf(fates(store).values())).containsExactly(Status.SUCCEEDED);
    assertThat(out.lines()).hasSize(2);
    assertThat(out.lines().get(0)).contains("a.png");
    assertThat(out.lines().get(1)).contains("storage is back");
  }

  @Test
  void aPictureThatWasRemovedIsAFate() throws Exception {
    List<PlannedTrial> trials = pictureTrials(3);
    Files.delete(folder.resolve("pictures/b.png"));
    ResultStore store = store();

    SweepSummary summary =
        run(store, trials, Duration.ofSeconds(10), () -> false, OutputStream.nullOutputStream());

    assertThat(summary.ended()).isEqualTo(6);
    for (PlannedTrial trial : trials) {
      Map<String, @Nullable Object> row = store.row(trial.id());
      boolean gone = "b.png".equals(row.get("signal_id"));
      assertThat(row).containsEntry("status", gone ? "FAILED" : "SUCCEEDED");
      if (gone) {
        assertThat(row).containsEntry("failure_stage", "load");
        assertThat(String.valueOf(row.get("failure_message"))).contains("b.png is not there");
      }
    }
  }

  @Test
  void aFolderThatIsAwayForAWhileCostsNothing() {
    List<PlannedTrial> trials = BriefTrials.of(40);
    ResultStore store = store();
    Path sweep = folder.resolve("out");
    Path away = folder.resolve("away");
    AtomicBoolean taken = new AtomicBoolean();
    Watched out = new Watched("storage is away", () -> move(away, sweep));

    SweepSummary summary =
        run(
            store,
            trials,
            Duration.ofSeconds(60),
            () -> {
              if (taken.compareAndSet(false, true)) {
                move(sweep, away);
              }
              return false;
            },
            out);

    assertThat(summary.ended()).isEqualTo(40);
    assertThat(store.committed()).hasSize(40);
  }

  @Test
  void aFolderThatIsGoneEndsTheSweepAndIsNotMadeAnew() {
    List<PlannedTrial> trials = BriefTrials.of(40);
    ResultStore store = store();
    AtomicBoolean taken = new AtomicBoolean();

    assertThatThrownBy(
            () ->
                run(
                    store,
                    trials,
                    Duration.ofSeconds(1),
                    () -> {
                      if (taken.compareAndSet(false, true)) {
                        move(folder.resolve("out"), folder.resolve("away"));
                      }
                      return false;
                    },
                    OutputStream.nullOutputStream()))
        .isInstanceOfSatisfying(
            SweepAbortedException.class, e -> assertThat(e.isStorageGone()).isTrue())
        .hasMessageContaining("job.json");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  /** Spark has trials in its queue when the disk is full: each would train for nothing. */
  @Test
  void noTrialStartsWithoutRoomForItsRow() throws Exception {
    cluster.session().sparkContext().hadoopConfiguration().addResource(CountingFileSystem.conf());
    CountingFileSystem.reset();
    ResultStore store =
        new ResultStore(
            CountingFileSystem.path(folder.resolve("out")).toUri(), CountingFileSystem.conf());
    store.prepare();
    store.writeJob("{\"job\":{\"name\":\"brief\"},\"trials\":40}");
    CountingFileSystem.ROOM.set(1 << 17);

    assertThatThrownBy(
            () ->
                run(
                    store,
                    BriefTrials.of(40),
                    Duration.ofSeconds(1),
                    () -> false,
                    OutputStream.nullOutputStream()))
        .isInstanceOf(SweepAbortedException.class)
        .hasMessageContaining("no space left, but for 131072 bytes");
    assertThat(store.committed()).isEmpty();
    try (Stream<Path> notes = Files.list(folder.resolve("out/attempts"))) {
      assertThat(notes.map(note -> note.getFileName().toString()))
          .allMatch(name -> name.endsWith(".failed.json") || name.equals("_runs"));
    }
    CountingFileSystem.reset();
  }

  @Test
  void whatIsCommittedNeedsNoNotes() throws Exception {
    ResultStore store = store();
    SweepSummary unused = run(store, BriefTrials.of(5), () -> false);

    try (Stream<Path> files = Files.walk(folder.resolve("out/attempts"))) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }
}
