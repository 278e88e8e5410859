package io.eigensweep.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WaitingTrialsTest {
  private final WaitingTrials waiting = new WaitingTrials();
  private final List<List<Integer>> jobs = new ArrayList<>();

  private static WaitingTrials.Rules rules(
      Set<Integer> late, Set<Integer> mustWait, Set<Integer> brief) {
    return new WaitingTrials.Rules(late::contains, mustWait::contains, brief::contains);
  }

  private void submit(long now, WaitingTrials.Rules rules, int room) {
    waiting.submit(now, rules, jobs::add, () -> jobs.size() < room);
  }

  @Test
  void briefTrialsShareAJobAndOthersKeepTheirPlace() {
    for (int trial = 0; trial < 6; trial++) {
      waiting.addLast(trial, 0);
    }
    submit(1, rules(Set.of(), Set.of(), Set.of(1, 2, 4, 5)), 9);
    assertThat(jobs).containsExactly(List.of(0), List.of(1, 2), List.of(3), List.of(4, 5));
  }

  @Test
  void aJobHasNoMoreThanThirtyTwo() {
    for (int trial = 0; trial < 40; trial++) {
      waiting.addLast(trial, 0);
    }
    waiting.submit(
        1, new WaitingTrials.Rules(t -> false, t -> false, t -> true), jobs::add, () -> true);
    assertThat(jobs).extracting(List::size).containsExactly(32, 8);
  }

  @Test
  void whatMayNotStartStays() {
    WaitingTrials.Rules rules = rules(Set.of(0), Set.of(1), Set.of());
    for (int trial = 0; trial < 3; trial++) {
      waiting.addLast(trial, 0);
    }
    waiting.addLast(3, 100);
    submit(1, rules, 9);
    assertThat(jobs).containsExactly(List.of(2));
    assertThat(waiting.isAnyInTime(rules)).isTrue();

    submit(100, rules, 9);
    assertThat(jobs).containsExactly(List.of(2), List.of(3));
    assertThat(waiting.takeOne(rules)).isEqualTo(1);
    assertThat(waiting.isAnyInTime(rules)).isFalse();
    assertThat(waiting.takeOne(rules)).isEqualTo(-1);
  }

  @Test
  void roomIsAskedForEachJob() {
    for (int trial = 0; trial < 5; trial++) {
      waiting.addLast(trial, 0);
    }
    waiting.addFirst(7, 0);
    submit(1, rules(Set.of(), Set.of(), Set.of()), 2);
    assertThat(jobs).containsExactly(List.of(7), List.of(0));
  }
}
