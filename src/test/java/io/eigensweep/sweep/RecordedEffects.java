package io.eigensweep.sweep;

import io.eigensweep.store.AttemptLog;
import io.eigensweep.trial.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Writes down what is asked for. */
final class RecordedEffects implements SweepEffects {
  final List<List<Integer>> jobs = new ArrayList<>();
  final List<String> notes = new ArrayList<>();
  final Map<Integer, Outcome> rows = new HashMap<>();
  final List<String> lines = new ArrayList<>();
  final Set<Integer> cancelled = new TreeSet<>();
  final List<Long> killed = new ArrayList<>();
  boolean cancels = true;
  boolean started = true;
  Set<String> resting = Set.of();

  @Override
  public void submit(List<Integer> trials, Set<String> refusing) {
    jobs.add(trials);
    resting = refusing;
  }

  @Override
  public boolean cancel(int trial) {
    return cancelled.add(trial) && cancels;
  }

  @Override
  public void kill(long task) {
    killed.add(task);
  }

  @Override
  public boolean hasStarted(int trial) {
    return started;
  }

  @Override
  public void note(int trial, AttemptLog.End end, String message) {
    notes.add(trial + " " + end + ": " + message);
  }

  @Override
  public void commit(int trial, Outcome outcome) {
    rows.put(trial, outcome);
  }

  @Override
  public void forget(int trial) {}

  @Override
  public void say(String line) {
    lines.add(line);
  }

  /** The row that the driver was asked to write for {@code trial}. */
  Outcome row(int trial) {
    return Objects.requireNonNull(rows.get(trial));
  }

  /** The trials that were submitted since the last call. */
  List<Integer> submitted() {
    List<Integer> trials = jobs.stream().flatMap(List::stream).toList();
    jobs.clear();
    return trials;
  }
}
