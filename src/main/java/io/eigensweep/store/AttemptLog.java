package io.eigensweep.store;

import io.eigensweep.trial.TrialId;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.logging.log4j.LogManager;

/**
 * Who tries which trial, in the folder {@code attempts}. The executor writes {@code
 * <id>-<run>-<n>.json} when an attempt starts, and removes it when the trial has its row, which
 * says the same. Another end is a second file, {@code <id>-<run>-<n>.<end>.json}, written by
 * whoever saw it: the executor, or the driver where the executor could not. A start without an end
 * and without a row is in flight, or was lost together with its driver.
 *
 * <p>While a driver lives it renews {@code _runs/<run>.json}.
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
    /** Its signal could not be read, its row not be stored, or Spark could not run it. */
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
   * @param process process of the executor
   * @param executor Spark's name for it
   * @param startedAt when
   */
  public record Start(
      String name, String host, ProcessMark process, String executor, Instant startedAt) {

    /** The run of the driver that it belongs to. */
    public String run() {
      Matcher numbers = NUMBERS.matcher(name);
      return numbers.find() ? name.substring(0, numbers.start()) : name;
    }
  }

  private static final Pattern NUMBERS = Pattern.compile("-\\d+-\\d+$");
  private static final Pattern FILE =
      Pattern.compile("([a-z2-7]{16})-([^.]+)(?:\\.([a-z_]+))?\\.json");

  /** A file of this folder. */
  private record Note(TrialId id, String attempt, String end) {
    static Optional<Note> of(String file) {
      Matcher name = FILE.matcher(file);
      return name.matches()
          ? Optional.of(
              new Note(
                  new TrialId(name.group(1)),
                  name.group(2),
                  name.group(3) == null ? "" : name.group(3)))
          : Optional.empty();
    }

    boolean isStart() {
      return end.isEmpty();
    }

    String file() {
      return id + "-" + attempt + (isStart() ? "" : "." + end) + ".json";
    }
  }

  private final Path folder;
  private final FileSystem fs;
  private final SweepFolder store;

  AttemptLog(SweepFolder store) {
    this.store = store;
    this.fs = store.fs();
    this.folder = new Path(store.folder(), "attempts");
  }

  /** Notes that an attempt at {@code id} starts. */
  public void started(TrialId id, Start start) {
    store.note(path(new Note(id, start.name(), "")), AttemptJson.of(id, start));
  }

  /** Notes that the attempt {@code name} at {@code id} has ended without a row of its own. */
  public void ended(TrialId id, String name, End end, String message) {
    store.note(
        path(new Note(id, name, end.suffix())),
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

  /** Forgets the start of the attempt {@code name} at {@code id}, which has its row. */
  public void committed(TrialId id, String name) {
    delete(path(new Note(id, name, "")));
  }

  /** Whether the attempt {@code name} at {@code id} has begun. */
  public boolean hasStarted(TrialId id, String name) {
    Path file = path(new Note(id, name, ""));
    try {
      return fs.exists(file);
    } catch (IOException e) {
      throw new ResultStoreException("look for", file, e);
    }
  }

  /** How many attempts at each of {@code ids} have died; trials without deaths are left out. */
  public Map<TrialId, Integer> deaths(Collection<TrialId> ids) {
    Map<TrialId, Integer> deaths = new TreeMap<>();
    for (Note note : notes(ids)) {
      if (note.end().equals(End.DIED.suffix())) {
        deaths.merge(note.id(), 1, Integer::sum);
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
    List<Note> notes = notes(ids);
    Set<String> ended =
        notes.stream()
            .filter(note -> !note.isStart())
            .map(note -> note.id() + note.attempt())
            .collect(Collectors.toSet());
    List<Note> open =
        notes.stream()
            .filter(note -> note.isStart() && !ended.contains(note.id() + note.attempt()))
            .toList();
    List<Optional<Start>> starts = InParallel.ask("read", this::path, open, this::start);
    Map<TrialId, Start> latest = new TreeMap<>();
    for (int i = 0; i < open.size(); i++) {
      TrialId id = open.get(i).id();
      starts
          .get(i)
          .ifPresent(
              start ->
                  latest.merge(id, start, (a, b) -> a.name().compareTo(b.name()) >= 0 ? a : b));
    }
    return latest;
  }

  /** Moves what was noted of {@code ids} aside, so that their deaths no longer count. */
  void supersede(Collection<TrialId> ids) {
    Path aside = new Path(folder, "_superseded");
    List<Note> notes = notes(ids);
    try {
      if (!notes.isEmpty()) {
        fs.mkdirs(aside);
      }
      for (Note note : notes) {
        // No name comes twice: it holds that of its run.
        if (!fs.rename(path(note), new Path(aside, note.file()))) {
          throw new IOException("the file system refused to rename " + path(note));
        }
      }
    } catch (IOException e) {
      throw new ResultStoreException("supersede the notes in", folder, e);
    }
  }

  /** Notes that the driver of {@code run} lives. */
  public void renew(String run) {
    store.note(lease(run), AttemptJson.of(Map.of("renewed_at", Instant.now().toString())));
  }

  /**
   * When {@link #renew} was last called for {@code run}, by the storage's clock in milliseconds.
   */
  public OptionalLong renewed(String run) {
    try {
      return OptionalLong.of(fs.getFileStatus(lease(run)).getModificationTime());
    } catch (FileNotFoundException e) {
      return OptionalLong.empty();
    } catch (IOException e) {
      throw new ResultStoreException("look for", lease(run), e);
    }
  }

  /** Notes that the driver of {@code run} has ended, or is gone. */
  public void forgetRun(String run) {
    delete(lease(run));
  }

  private Optional<Start> start(Note note) throws IOException {
    Path file = path(note);
    try (InputStream in = fs.open(file)) {
      return Optional.of(
          AttemptJson.start(note.attempt(), new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (FileNotFoundException e) {
      return Optional.empty(); // it has its row now, or was moved aside
    } catch (IllegalArgumentException e) {
      LogManager.getLogger(AttemptLog.class)
          .warn("the start of an attempt is left out, {}: {}", file, e.getMessage());
      return Optional.empty();
    }
  }

  /** What is noted of {@code ids}: one listing for all. */
  private List<Note> notes(Collection<TrialId> ids) {
    Set<TrialId> wanted = new HashSet<>(ids);
    List<Note> notes = new ArrayList<>();
    try {
      for (FileStatus file : fs.listStatus(folder)) {
        Note.of(file.getPath().getName())
            .filter(note -> wanted.contains(note.id()))
            .ifPresent(notes::add);
      }
    } catch (FileNotFoundException e) {
      return List.of(); // nothing was tried yet
    } catch (IOException e) {
      throw new ResultStoreException("list", folder, e);
    }
    return notes;
  }

  private void delete(Path file) {
    try {
      fs.delete(file, false);
    } catch (IOException e) {
      throw new ResultStoreException("delete", file, e);
    }
  }

  private Path path(Note note) {
    return new Path(folder, note.file());
  }

  private Path lease(String run) {
    return new Path(new Path(folder, "_runs"), run + ".json");
  }
}
