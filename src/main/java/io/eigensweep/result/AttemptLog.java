package io.eigensweep.result;

import io.eigensweep.trial.TrialId;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.logging.log4j.LogManager;

/**
 * Who tried which trial when. The executor writes {@code attempts/<id>/<run>-<n>.json} when an
 * attempt starts. An attempt that ends with a row needs no more words. Another end is a second
 * file, {@code <run>-<n>.<end>.json}, written by whoever saw it: the executor, or the driver where
 * the executor could not. A start without an end and without a row is in flight, or was lost
 * together with its driver.
 */
public final class AttemptLog {

  /** How an attempt can end without a row of its own. */
  public enum End {
    /** Its executor died; counts towards quarantine. */
    DIED,
    /** It did not return in time, and was killed. */
    TIMED_OUT,
    /** It was told to stop; the trial stays planned. */
    STOPPED,
    /** Its row could not be stored, or Spark could not run it. */
    FAILED;

    String suffix() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * An attempt that has started.
   *
   * @param name {@code <run>-<n>}
   * @param host machine of the executor
   * @param pid process of the executor
   * @param executor Spark's name for it
   * @param startedAt when
   */
  public record Start(String name, String host, long pid, String executor, Instant startedAt) {}

  private static final Pattern FILE = Pattern.compile("([^.]+)(?:\\.([a-z_]+))?\\.json");
  private static final Pattern TRIAL = Pattern.compile("[a-z2-7]{16}");

  private final Path folder;
  private final FileSystem fs;
  private final ResultStore store;

  AttemptLog(ResultStore store, FileSystem fs) {
    this.store = store;
    this.fs = fs;
    this.folder = new Path(store.folder(), "attempts");
  }

  /** Notes that an attempt at {@code id} starts. */
  public void started(TrialId id, Start start) {
    store.note(
        new Path(folder(id), start.name() + ".json"),
        AttemptJson.of(
            Map.of(
                "trial",
                id.text(),
                "host",
                start.host(),
                "pid",
                start.pid(),
                "executor",
                start.executor(),
                "started_at",
                start.startedAt().toString())));
  }

  /** Notes that the attempt {@code name} at {@code id} has ended without a row of its own. */
  public void ended(TrialId id, String name, End end, String message) {
    store.note(
        new Path(folder(id), name + "." + end.suffix() + ".json"),
        AttemptJson.of(
            Map.of(
                "trial",
                id.text(),
                "end",
                end.name(),
                "message",
                message,
                "ended_at",
                Instant.now().toString())));
  }

  /** Whether the attempt {@code name} at {@code id} has begun. */
  public boolean hasStarted(TrialId id, String name) {
    Path file = new Path(folder(id), name + ".json");
    try {
      return fs.exists(file);
    } catch (IOException e) {
      throw new ResultStoreException("look for", file, e);
    }
  }

  /** How many attempts at each of {@code ids} have died; trials without deaths are left out. */
  public Map<TrialId, Integer> deaths(Collection<TrialId> ids) {
    Map<TrialId, Integer> deaths = new TreeMap<>();
    List<TrialId> tried = tried(ids);
    List<List<String>> names = InParallel.ask(tried, this::names);
    for (int i = 0; i < tried.size(); i++) {
      int count =
          (int) names.get(i).stream().filter(name -> End.DIED.suffix().equals(end(name))).count();
      if (count > 0) {
        deaths.put(tried.get(i), count);
      }
    }
    return deaths;
  }

  /**
   * The attempts at {@code ids}, which have no row, that have started and not ended: those in
   * flight, and those that were lost with their driver. The latest of each trial. A start that was
   * cut off, by a power failure above all, says nothing of its process and is left out.
   */
  public Map<TrialId, Start> open(Collection<TrialId> ids) {
    Map<TrialId, Start> open = new TreeMap<>();
    List<TrialId> tried = tried(ids);
    List<Optional<Start>> starts = InParallel.ask(tried, this::latestOpen);
    for (int i = 0; i < tried.size(); i++) {
      if (starts.get(i).isPresent()) {
        open.put(tried.get(i), starts.get(i).get());
      }
    }
    return open;
  }

  /** Moves what was noted of {@code id} aside, so that its deaths no longer count. */
  void supersede(TrialId id) throws IOException {
    if (!fs.exists(folder(id))) {
      return;
    }
    Path aside = new Path(folder, "_superseded");
    fs.mkdirs(aside);
    int number = 1;
    while (fs.exists(new Path(aside, id + "-" + number))) {
      number++;
    }
    if (!fs.rename(folder(id), new Path(aside, id + "-" + number))) {
      throw new IOException("the file system refused to rename " + folder(id));
    }
  }

  private Optional<Start> latestOpen(TrialId id) throws IOException {
    List<String> names = names(id);
    Set<String> ended = new HashSet<>();
    List<String> started = new ArrayList<>();
    for (String name : names) {
      Matcher file = FILE.matcher(name);
      if (file.matches()) {
        if (file.group(2) == null) {
          started.add(file.group(1));
        } else {
          ended.add(file.group(1));
        }
      }
    }
    started.removeAll(ended);
    started.sort(Comparator.reverseOrder());
    for (String name : started) {
      Optional<Start> start = start(id, name);
      if (start.isPresent()) {
        return start;
      }
    }
    return Optional.empty();
  }

  private Optional<Start> start(TrialId id, String name) throws IOException {
    Path file = new Path(folder(id), name + ".json");
    try (InputStream in = fs.open(file)) {
      return Optional.of(
          AttemptJson.start(name, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (FileNotFoundException e) {
      return Optional.empty(); // moved aside in between
    } catch (IllegalArgumentException e) {
      LogManager.getLogger(AttemptLog.class)
          .warn("the start of an attempt is left out, {}: {}", file, e.getMessage());
      return Optional.empty();
    }
  }

  private static String end(String name) {
    Matcher file = FILE.matcher(name);
    return file.matches() && file.group(2) != null ? file.group(2) : "";
  }

  /** Those of {@code ids} that something is noted of: one listing for all. */
  private List<TrialId> tried(Collection<TrialId> ids) {
    Set<TrialId> noted = new HashSet<>();
    try {
      for (FileStatus file : fs.listStatus(folder)) {
        String name = file.getPath().getName();
        if (TRIAL.matcher(name).matches()) {
          noted.add(new TrialId(name));
        }
      }
    } catch (FileNotFoundException e) {
      return List.of(); // nothing was tried yet
    } catch (IOException e) {
      throw new ResultStoreException("list", folder, e);
    }
    return ids.stream().filter(noted::contains).toList();
  }

  private List<String> names(TrialId id) throws IOException {
    try {
      List<String> names = new ArrayList<>();
      for (FileStatus file : fs.listStatus(folder(id))) {
        names.add(file.getPath().getName());
      }
      return names;
    } catch (FileNotFoundException e) {
      return List.of(); // moved aside in between
    }
  }

  private Path folder(TrialId id) {
    return new Path(folder, id.text());
  }
}
