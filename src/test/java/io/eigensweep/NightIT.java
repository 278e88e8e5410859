package io.eigensweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.StandaloneCluster.Ended;
import io.eigensweep.StandaloneCluster.Started;
import io.eigensweep.encoding.Fourier;
import io.eigensweep.job.FrozenSweep;
import io.eigensweep.plan.Grid;
import io.eigensweep.store.AttemptLog;
import io.eigensweep.store.ResultStore;
import io.eigensweep.trial.Trial;
import io.eigensweep.trial.TrialId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What can happen in a night, done to real processes: kills, poison trials, a second driver. */
@ExtendWith(StandaloneCluster.class)
class NightIT {
  /** Twelve trials, of about a second on the machine that this was written on. */
  private static final String JOB =
      """
      name: night
      signal: {type: generated, kind: [dead-leaves, glyphs], size: 48}
      encoding:
        - {type: identity}
        - {type: fourier, levels: 3}
        - {type: multigrid, levels: 2, features: 2, resolution: 16}
      network: {width: 64}
      training: {learning-rate: 10, epochs: 150}
      ntk: {points: 64}
      seeds: [0, 1]
      """;

  @TempDir Path folder;

  @Test
  void theDeathOfAnExecutorAndOfTheDriverCostsTheTrialsInFlight() throws Exception {
    // On a fast machine all is done before both deaths have come; then the trials are longer.
    int epochs = 150;
    while (!deathsOfExecutorAndDriver(epochs)) {
      epochs *= 4;
    }
  }

  /** False when the sweep has ended before the driver could be killed. */
  private boolean deathsOfExecutorAndDriver(int epochs) throws Exception {
    Path job = job(JOB.replace("epochs: 150", "epochs: " + epochs));
    Path out = folder.resolve("out-" + epochs);
    try (Reader reader = new Reader(out)) {
      Started sweep = StandaloneCluster.sweep(job, out);
      if (!reached(sweep, () -> committed(out).size() >= 2) || !killARunningExecutor(sweep, out)) {
        return false;
      }
      int survived = committed(out).size();
      if (!reached(sweep, () -> committed(out).size() >= survived + 2)) {
        return false;
      }
      sweep.process().destroyForcibly().waitFor();
      Set<TrialId> before = committed(out);
      if (before.size() == 12) {
        return false;
      }
      Map<String, FileTime> rows = files(out);
      int lost = open(out).size();
      assertThat(before.size()).isGreaterThanOrEqualTo(4);

      Ended again = StandaloneCluster.sweep(job, out).await();

      assertThat(again.code()).as(again.err()).isZero();
      assertThat(again.out()).contains("12 of 12 trials committed: 12 SUCCEEDED");
      assertThat(committed(out)).hasSize(12);
      // What was committed stayed, and the driver's death cost no more than one trial a core. The
      // one that died with its executor may still have been waiting.
      assertThat(files(out)).containsAllEntriesOf(rows);
      assertThat(lost).isLessThanOrEqualTo(2);
      assertThat(notes(out, "died")).singleElement().asString().contains("137");
      assertThat(reader.rowsRead()).isPositive();
    }
    return true;
  }

  @Test
  void anInterruptedSweepSaysWhatIsCommittedAndSavesWhatRan() throws Exception {
    Path job = job(JOB.replace("epochs: 150", "epochs: 9000000"));
    Path out = folder.resolve("out");
    Started sweep = StandaloneCluster.sweep(job, out, "--checkpoint-every", "5s");
    Path saved = out.resolve("checkpoints");
    // The first of them is saved in its fifth second, and the next one is five seconds away.
    await(sweep, () -> Files.isDirectory(saved));
    FileTime told = FileTime.from(Instant.now());

    signal("INT", sweep.process().pid());
    Ended ended = sweep.await();

    assertThat(ended.code()).as(ended.err()).isEqualTo(130);
    assertThat(ended.out())
        .contains("0 of 12 trials committed", "12 trials stay planned", "interrupted");
    // Every attempt has been told to stop, and has saved its training.
    assertThat(notes(out, "stopped")).isNotEmpty();
    assertThat(open(out)).isEmpty();
    List<FileTime> times = new ArrayList<>();
    for (String name : names(saved)) {
      times.add(Files.getLastModifiedTime(saved.resolve(name)));
    }
    assertThat(times).anySatisfy(time -> assertThat(time).isGreaterThanOrEqualTo(told));
  }

  @Test
  void twoDriversOnOneFolderAgree() throws Exception {
    Path job = job(JOB);
    Path out = folder.resolve("out");
    try (Reader reader = new Reader(out)) {
      Started first = StandaloneCluster.sweep(job, out, "spark.cores.max=1");
      Started second = StandaloneCluster.sweep(job, out, "spark.cores.max=1");

      for (Ended ended : List.of(first.await(), second.await())) {
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("12 of 12 trials committed: 12 SUCCEEDED");
      }
      assertThat(reader.rowsRead()).isPositive();
    }
    assertThat(committed(out)).hasSize(12);
    assertThat(names(out.resolve("trials"))).hasSize(13); // and _tmp
    assertThat(names(out.resolve("trials/_tmp"))).isEmpty();
  }

  @Test
  void poisonTrialsAreRowsWithTheRightStatus() throws Exception {
    Path pictures = Files.createDirectories(folder.resolve("pictures"));
    Files.write(
        pictures.resolve("truncated.png"),
        new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 26, '\n', 0, 0, 0, 13, 'I', 'H'});
    Path job =
        job(
            """
            name: poison
            signal:
              - {type: generated, kind: glyphs, size: 16}
              - {type: image, path: "PICTURES", size: 16}
            encoding:
              - {type: identity}
              - {type: fourier, levels: [2, 3]}
              - {type: multigrid, levels: 1, features: 8, resolution: 4000}
            network: {width: 16}
            training: {learning-rate: [10, 10000000], epochs: [8, 9000000], batch-size: 64}
            ntk: {points: 16}
            seeds: [0, 1, 2]
            exclude:
              - {training: {learning-rate: 10000000, epochs: 9000000}}
              - {training: {learning-rate: 10000000}, encoding: {type: [fourier, multigrid]}}
              - {training: {epochs: 9000000}, encoding: {type: multigrid}}
              - {training: {epochs: 8}, encoding: {type: fourier}}
              - {signal: {type: image}, training: {learning-rate: 10000000}}
              - {signal: {type: image}, training: {epochs: 9000000}}
              - {signal: {type: image}, encoding: {type: multigrid}}
              - {signal: {type: image}, seeds: [1, 2]}
              - {training: {learning-rate: 10000000}, seeds: [1, 2]}
              - {training: {epochs: 9000000}, seeds: [1, 2]}
              - {encoding: {type: multigrid}, seeds: [1, 2]}
            """
                .replace("PICTURES", pictures.toString()));
    Path out = folder.resolve("out");
    // The plan would refuse the trial that does not fit; the promised overhead lets it pass.
    Started sweep =
        StandaloneCluster.sweep(
            job, out, "spark.executor.memoryOverhead=8g", "--trial-timeout", "40s");
    ResultStore store = StoredRows.store(out);

    Set<Long> handled = new HashSet<>();
    while (!sweep.process().waitFor(200, TimeUnit.MILLISECONDS)) {
      for (Map.Entry<Trial, AttemptLog.Start> attempt : open(out).entrySet()) {
        long pid = attempt.getValue().process().pid();
        if (attempt.getKey().encoding() instanceof Fourier fourier && handled.add(pid)) {
          // One of the two has its executor ended whenever it runs, the other has it frozen.
          signal(fourier.levels() == 2 ? "TERM" : "STOP", pid);
        }
      }
    }
    Ended ended = sweep.await();

    assertThat(ended.code()).as(ended.err()).isZero();
    Map<String, String> fates = new TreeMap<>();
    for (TrialId id : store.committed()) {
      Map<String, @Nullable Object> row = store.row(id);
      fates.put(
          row.get("signal_kind")
              + " "
              + row.get("encoding")
              + " "
              + row.get("levels")
              + " "
              + row.get("learning_rate")
              + " "
              + row.get("epochs")
              + " "
              + row.get("seed"),
          row.get("status") + " " + row.get("failure_stage"));
    }
    assertThat(fates)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "generated identity null 10.0 8 0", "SUCCEEDED null",
                "generated identity null 10.0 8 1", "SUCCEEDED null",
                "generated identity null 10.0 8 2", "SUCCEEDED null",
                "generated identity null 1.0E7 8 0", "DIVERGED train",
                "generated identity null 10.0 9000000 0", "TIMED_OUT train",
                "generated fourier 2 10.0 9000000 0", "FAILED null",
                "generated fourier 3 10.0 9000000 0", "TIMED_OUT null",
                "generated multigrid 1 10.0 8 0", "OUT_OF_MEMORY initialise",
                "image identity null 10.0 8 0", "FAILED load"));
    assertThat(ended.out()).contains("died 2 times", "code 143", "not finished after the timeout");
    assertThat(notes(out, "died")).hasSize(2);
  }

  @Test
  void tenKillsOfACheckpointedTrainingChangeNoBit() throws Exception {
    Path job =
        job(
            """
            name: long
            signal: {type: generated, kind: dead-leaves, size: 64}
            encoding: {type: multigrid, levels: 2, features: 2, resolution: 16}
            network: {width: 64}
            training: {learning-rate: 10, epochs: 12000}
            ntk: {points: 64, epochs: [init, half, last]}
            """);
    Path whole = folder.resolve("whole");
    Path killed = folder.resolve("killed");
    Started sweep =
        StandaloneCluster.sweep(
            job, killed, "spark.cores.max=1", "--max-deaths", "11", "--checkpoint-every", "50ms");
    Started other = StandaloneCluster.sweep(job, whole, "spark.cores.max=1");
    Random random = new Random(3);
    Path saved = killed.resolve("checkpoints");
    Set<Long> dead = new HashSet<>();
    for (int kill = 0; kill < 10; kill++) {
      long executor = runningExecutor(sweep, killed, dead);
      dead.add(executor);
      // Some die before they have saved anything, others after one save or two: so much training
      // is all that happens between two deaths, however fast the machine is.
      for (int saves = kill < 9 ? random.nextInt(3) : 1; saves > 0; saves--) {
        Map<String, FileTime> before = saves(saved);
        await(sweep, () -> !saves(saved).equals(before));
      }
      signal("KILL", executor);
      assertThat(committed(killed)).isEmpty();
    }
    assertThat(names(saved)).hasSize(1);
    Ended ended = sweep.await();

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(other.await().code()).isZero();
    assertThat(notes(killed, "died")).hasSize(10);
    assertThat(StoredRows.of(killed)).isEqualTo(StoredRows.of(whole)).hasSize(1);
    assertThat(names(saved)).isEmpty();
  }

  /** Reads every row as soon as it is there, again and again: a half-written one would be found. */
  private static final class Reader implements AutoCloseable {
    private final Thread thread;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicReference<@Nullable Throwable> problem = new AtomicReference<>();
    private int rows;

    Reader(Path out) {
      thread = new Thread(() -> read(StoredRows.store(out)), "reader");
      thread.start();
    }

    private void read(ResultStore store) {
      try {
        boolean last;
        do {
          last = stop.get();
          for (TrialId id : store.committed()) {
            assertThat(store.row(id)).containsEntry("trial_id", id.text());
            rows++;
          }
        } while (!last);
      } catch (RuntimeException | AssertionError e) {
        problem.set(e);
      }
    }

    /** How many rows were read whole. */
    int rowsRead() {
      close();
      return rows;
    }

    @Override
    public void close() {
      stop.set(true);
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
      assertThat(problem.get()).isNull();
    }
  }

  private Path job(String text) throws IOException {
    return Files.writeString(folder.resolve("job.yaml"), text);
  }

  private static void await(Started sweep, BooleanSupplier condition) throws Exception {
    if (!reached(sweep, condition)) {
      throw new AssertionError("the sweep has ended early: " + sweep.await());
    }
  }

  /** Waits until {@code condition} holds; false when the sweep has ended before. */
  private static boolean reached(Started sweep, BooleanSupplier condition) throws Exception {
    while (!condition.getAsBoolean()) {
      if (sweep.process().waitFor(50, TimeUnit.MILLISECONDS)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Kills an executor in the middle of a trial: it is stopped first, and killed if it still runs
   * the trial then. False when the sweep has ended before.
   */
  private static boolean killARunningExecutor(Started sweep, Path out) throws Exception {
    return reached(
        sweep,
        () -> {
          for (Map.Entry<Trial, AttemptLog.Start> attempt : open(out).entrySet()) {
            long pid = attempt.getValue().process().pid();
            signal("STOP", pid);
            boolean runs = open(out).containsKey(attempt.getKey());
            signal(runs ? "KILL" : "CONT", pid);
            if (runs) {
              return true;
            }
          }
          return false;
        });
  }

  /** When each saved training was written; empty while there is none. */
  private static Map<String, FileTime> saves(Path folder) {
    Map<String, FileTime> saves = new TreeMap<>();
    try {
      for (String name : Files.isDirectory(folder) ? names(folder) : List.<String>of()) {
        saves.put(name, Files.getLastModifiedTime(folder.resolve(name)));
      }
    } catch (NoSuchFileException e) {
      return saves(folder); // it has just been replaced
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return saves;
  }

  private static void signal(String name, long pid) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** The process of an executor that runs a trial and is not among the {@code dead}. */
  private static long runningExecutor(Started sweep, Path out, Set<Long> dead) throws Exception {
    AtomicLong found = new AtomicLong();
    await(
        sweep,
        () -> {
          open(out).values().stream()
              .map(start -> start.process().pid())
              .filter(pid -> !dead.contains(pid))
              .findFirst()
              .ifPresent(found::set);
          return found.get() != 0;
        });
    return found.get();
  }

  /** The attempts that have started and neither a row nor an end. */
  private static Map<Trial, AttemptLog.Start> open(Path out) {
    ResultStore store = StoredRows.store(out);
    Map<Trial, AttemptLog.Start> open = new HashMap<>();
    store
        .readJob()
        .map(FrozenSweep::read)
        .ifPresent(
            sweep -> {
              Map<TrialId, Trial> missing = new HashMap<>();
              Grid.expand(sweep.job(), sweep.signals())
                  .trials()
                  .forEach(trial -> missing.put(trial.id(), trial));
              missing.keySet().removeAll(store.committed());
              store
                  .attempts()
                  .open(missing.keySet())
                  .forEach((id, start) -> open.put(missing.get(id), start));
            });
    return open;
  }

  private static Set<TrialId> committed(Path out) {
    return new TreeSet<>(StoredRows.store(out).committed());
  }

  /** What was noted of attempts with this end. */
  private static List<String> notes(Path out, String end) throws IOException {
    try (Stream<Path> files = Files.walk(out.resolve("attempts"))) {
      List<String> notes = new ArrayList<>();
      for (Path file :
          files.filter(path -> path.toString().endsWith("." + end + ".json")).toList()) {
        notes.add(Files.readString(file));
      }
      return notes;
    }
  }

  private static Map<String, FileTime> files(Path out) throws IOException {
    Map<String, FileTime> rows = new TreeMap<>();
    for (TrialId id : committed(out)) {
      Path file = out.resolve("trials/" + id + ".parquet");
      rows.put(id.text(), Files.getLastModifiedTime(file));
    }
    return rows;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
