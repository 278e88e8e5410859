package io.eigensweep.plan;

import io.eigensweep.trial.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * What a sweep will do and cost: the trials in the order in which they should start, the time that
 * takes on a number of slots, and the memory that one of them needs.
 *
 * <p>The longest trial starts first (LPT): the finish time is then at most 4/3 of the best possible
 * one (Graham 1969), and no long trial starts when the others are done.
 */
public final class Plan {
  private static final int LONGEST = 10;

  private final List<PlannedTrial> longestFirst;
  private final int done;
  private final int slots;
  private final List<String> notes;
  private final double totalSeconds;
  private final double makespanSeconds;

  private Plan(List<PlannedTrial> longestFirst, int done, int slots, List<String> notes) {
    this.longestFirst = longestFirst;
    this.done = done;
    this.slots = slots;
    this.notes = notes;
    this.totalSeconds =
        longestFirst.stream().mapToDouble(planned -> planned.cost().seconds()).sum();
    this.makespanSeconds = makespan(longestFirst, slots);
  }

  /** The plan of {@code toRun} without notes. */
  public static Plan of(List<Trial> toRun, int done, CostModel model, int slots) {
    return of(toRun, done, model, slots, List.of());
  }

  /**
   * The plan of {@code toRun}.
   *
   * @param toRun the trials without a row
   * @param done how many trials of the job have one
   * @param model gives the costs
   * @param slots how many trials run at a time, at least 1
   * @param notes lines for the user, for example of the {@link Expansion}
   */
  public static Plan of(
      List<Trial> toRun, int done, CostModel model, int slots, List<String> notes) {
    if (slots < 1) {
      throw new IllegalArgumentException("slots must be at least 1, got " + slots);
    }
    List<PlannedTrial> planned = new ArrayList<>(toRun.size());
    for (Trial trial : toRun) {
      planned.add(new PlannedTrial(trial, trial.id(), model.of(trial)));
    }
    planned.sort(
        Comparator.comparingDouble((PlannedTrial trial) -> trial.cost().seconds())
            .reversed()
            .thenComparing(PlannedTrial::id));
    List<String> allNotes = new ArrayList<>(notes);
    long assumed = toRun.stream().filter(trial -> Shape.assumed(trial.signal())).count();
    if (assumed > 0) {
      allNotes.add(
          String.format(
              Locale.ROOT,
              "no size is set for %s: costed as %d × %d pixels, ImageNet's typical size",
              Quantity.count(assumed, "trial"),
              Shape.ASSUMED_WIDTH,
              Shape.ASSUMED_HEIGHT));
    }
    return new Plan(List.copyOf(planned), done, slots, List.copyOf(allNotes));
  }

  private static double makespan(List<PlannedTrial> longestFirst, int slots) {
    PriorityQueue<Double> free = new PriorityQueue<>();
    double end = 0;
    for (PlannedTrial planned : longestFirst) {
      double start = free.size() < slots ? 0 : free.remove();
      double finish = start + planned.cost().seconds();
      free.add(finish);
      end = Math.max(end, finish);
    }
    return end;
  }

  /** The trials to run, by falling seconds; equal ones by id. */
  public List<PlannedTrial> longestFirst() {
    return longestFirst;
  }

  /** How many trials have a row already. */
  public int done() {
    return done;
  }

  /** The expected time until the last trial ends, each slot taking the next trial when free. */
  public double makespanSeconds() {
    return makespanSeconds;
  }

  /** No order can be faster: the work spread evenly, or the longest trial. */
  public double lowerBoundSeconds() {
    return longestFirst.isEmpty()
        ? 0
        : Math.max(totalSeconds / slots, longestFirst.get(0).cost().seconds());
  }

  /** The sum of all trials' seconds, in hours. */
  public double coreHours() {
    return totalSeconds / 3600;
  }

  /** The bytes of the trial that needs most; 0 when there is nothing to run. */
  public long largestMemoryBytes() {
    return longestFirst.isEmpty() ? 0 : largest().cost().memoryBytes();
  }

  /** Lines for the user: assumptions, exclusions without effect. */
  public List<String> notes() {
    return notes;
  }

  /**
   * One line when trials need more than {@code limitBytes}: how many, how much, and what to change;
   * empty when all fit.
   */
  public Optional<String> misfit(long limitBytes) {
    long count =
        longestFirst.stream().filter(planned -> planned.cost().memoryBytes() > limitBytes).count();
    if (count == 0) {
      return Optional.empty();
    }
    PlannedTrial largest = largest();
    return Optional.of(
        Quantity.count(count, "trial")
            + " would not fit the "
            + Quantity.bytes(limitBytes)
            + " of a slot (or leave them out with exclude); the largest, "
            + largest.id()
            + ", needs "
            + Quantity.bytes(largest.cost().memoryBytes())
            + ", of which "
            + Memory.of(largest.trial()).remedy());
  }

  /** The plan as a table for people; {@code slotBytes} is the memory of a slot. */
  public String text(long slotBytes) {
    return text(" of " + Quantity.bytes(slotBytes) + " in a slot, beside the JVM's own");
  }

  /** The plan as a table for people. */
  public String text() {
    return text(", beside the JVM's own");
  }

  private String text(String memoryNote) {
    List<List<String>> facts = new ArrayList<>();
    facts.add(
        List.of(
            "trials",
            String.format(
                Locale.ROOT,
                "%,d: %,d done, %,d to do",
                done + longestFirst.size(),
                done,
                longestFirst.size())));
    if (!longestFirst.isEmpty()) {
      double flops = longestFirst.stream().mapToDouble(planned -> planned.cost().flops()).sum();
      PlannedTrial largest = largest();
      facts.add(List.of("work", Quantity.flops(flops)));
      facts.add(List.of("core-hours", String.format(Locale.ROOT, "%,.2f", coreHours())));
      facts.add(
          List.of(
              "time",
              Quantity.duration(makespanSeconds)
                  + " on "
                  + Quantity.count(slots, "slot")
                  + ", at best "
                  + Quantity.duration(lowerBoundSeconds())));
      facts.add(
          List.of(
              "memory",
              Quantity.bytes(largest.cost().memoryBytes())
                  + " for the largest trial, "
                  + largest.id()
                  + memoryNote));
    }
    notes.forEach(note -> facts.add(List.of("note", note)));
    String text = TextTable.of(facts);
    return longestFirst.isEmpty()
        ? text
        : text + "\nlongest " + Math.min(LONGEST, longestFirst.size()) + "\n" + longest();
  }

  private PlannedTrial largest() {
    PlannedTrial largest = longestFirst.get(0);
    for (PlannedTrial planned : longestFirst) {
      if (planned.cost().memoryBytes() > largest.cost().memoryBytes()) {
        largest = planned;
      }
    }
    return largest;
  }

  private String longest() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("trial", "time", "memory", "picture", "seed", "settings"));
    for (PlannedTrial planned : longestFirst.subList(0, Math.min(LONGEST, longestFirst.size()))) {
      rows.add(
          List.of(
              planned.id().text(),
              Quantity.duration(planned.cost().seconds()),
              Quantity.bytes(planned.cost().memoryBytes()),
              planned.trial().signal().id(),
              Long.toString(planned.trial().seed()),
              TrialText.settings(planned.trial())));
    }
    return TextTable.of(rows);
  }
}
