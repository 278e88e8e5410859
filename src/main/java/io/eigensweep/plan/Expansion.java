package io.eigensweep.plan;

import io.eigensweep.trial.Trial;
import java.util.List;

/**
 * The trials of a job, each once.
 *
 * @param trials in the order of the grid: signal slowest, seed fastest
 * @param excluded how many points of the grid the job leaves out
 * @param duplicates how many points were the same trial as an earlier one
 * @param notes one line each for what the user should know
 */
public record Expansion(List<Trial> trials, int excluded, int duplicates, List<String> notes) {
  public Expansion {
    trials = List.copyOf(trials);
    notes = List.copyOf(notes);
  }
}
