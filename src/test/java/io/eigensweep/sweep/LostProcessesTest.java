package io.eigensweep.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.store.AttemptLog;
import io.eigensweep.store.ProcessMark;
import io.eigensweep.store.ResultStore;
import io.eigensweep.trial.TrialId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LostProcessesTest {
  private static final TrialId TRIAL = new TrialId("aaaaaaaaaaaaaaaa");
  private static final ProcessMark SELF = ProcessMark.current();

  @TempDir Path folder;
  private AttemptLog attempts;
  private ProcessMark dead;
  private EndedRuns ended;
  private final List<String> lines = new ArrayList<>();

  /** What happens while the driver of the other container is watched. */
  private Runnable meanwhile = () -> {};

  @BeforeEach
  void endAProcess() throws Exception {
    ResultStore store = new ResultStore(folder.toUri(), new Configuration());
    store.prepare();
    attempts = store.attempts();
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    ended = new EndedRuns(folder);
    dead = new ProcessMark(process.pid(), SELF.boot(), SELF.namespace(), "1");
  }

  private void start(String run, ProcessMark process, String executor) {
    attempts.started(
        TRIAL, new AttemptLog.Start(run + "-0-0", "any", process, executor, Instant.now()));
  }

  private void note() {
    attempts.renew("self");
    new LostProcesses(attempts, "self", SELF, ended, pause -> meanwhile.run(), lines::add)
        .note(Set.of(TRIAL));
  }

  /** Deaths after an attempt in local mode was found open. */
  private Map<TrialId, Integer> deaths(ProcessMark process, String executor) {
    start("run", process, executor);
    note();
    return attempts.deaths(Set.of(TRIAL));
  }

  private static ProcessMark inAnotherContainer() {
    return new ProcessMark(1, SELF.boot(), "pid:[4242]", SELF.born());
  }

  @Test
  void anAttemptWhoseLocalDriverIsGoneHasDied() {
    assertThat(deaths(dead, "driver")).isEqualTo(Map.of(TRIAL, 1));
    assertThat(attempts.open(Set.of(TRIAL))).isEmpty();
  }

  @Test
  void anAttemptWhoseDriverLivesHasNot() {
    assertThat(deaths(SELF, "driver")).isEmpty();
  }

  @Test
  void anotherProcessWithTheSameNumberIsNotTheAttempts() {
    assertThat(
            deaths(new ProcessMark(SELF.pid(), SELF.boot(), SELF.namespace(), "earlier"), "driver"))
        .isEqualTo(Map.of(TRIAL, 1));
  }

  @Test
  void executorsAndOtherMachinesAreNotJudgedFromHere() {
    assertThat(deaths(dead, "3")).isEmpty();
    assertThat(deaths(new ProcessMark(1, "another", SELF.namespace(), "1"), "driver")).isEmpty();
  }

  @Test
  void aRestartOfTheMachineIsNotTheTrialsFault() {
    ProcessMark before = new ProcessMark(dead.pid(), "earlier boot", SELF.namespace(), "1");
    assertThat(deaths(before, "driver")).isEmpty();
  }

  @Test
  void aDriverOfAnotherContainerThatRenewsItsLeaseLives() {
    attempts.renew("run");
    Path lease = folder.resolve("attempts/_runs/run.json");
    meanwhile =
        () -> {
          try {
            Files.setLastModifiedTime(lease, FileTime.from(Instant.now().plusSeconds(10)));
          } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        };
    assertThat(deaths(inAnotherContainer(), "driver")).isEmpty();
    assertThat(lines).hasSize(1);
  }

  /** What a restarted container finds. */
  @Test
  void aDriverOfAnotherContainerThatNoLongerRenewsItsLeaseIsGone() {
    attempts.renew("run");
    List<Duration> pauses = new ArrayList<>();
    start("run", inAnotherContainer(), "driver");
    attempts.renew("self");
    new LostProcesses(attempts, "self", SELF, ended, pauses::add, lines::add).note(Set.of(TRIAL));

    assertThat(attempts.deaths(Set.of(TRIAL))).isEqualTo(Map.of(TRIAL, 1));
    assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(LostProcesses.LEASE);
    assertThat(attempts.renewed("run")).isEmpty();
  }

  @Test
  void anOldLeaseNeedsNoWatching() throws Exception {
    attempts.renew("run");
    Files.setLastModifiedTime(
        folder.resolve("attempts/_runs/run.json"),
        FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    meanwhile =
        () -> {
          throw new AssertionError("watched");
        };
    assertThat(deaths(inAnotherContainer(), "driver")).isEqualTo(Map.of(TRIAL, 1));
    assertThat(lines).isEmpty();
  }

  /** It could not note it: its storage was away. */
  @Test
  void aRunThatEndedInOrderHasNoDeaths() {
    ended.add("run");
    assertThat(deaths(dead, "driver")).isEmpty();
  }

  @Test
  void aStartThatWasCutOffIsLeftOut() throws Exception {
    start("run1", dead, "driver");
    Path start;
    try (Stream<Path> files = Files.walk(folder)) {
      start =
          files
              .filter(file -> file.getFileName().toString().endsWith("run1-0-0.json"))
              .findFirst()
              .orElseThrow();
    }
    byte[] whole = Files.readAllBytes(start);
    for (int length : new int[] {0, whole.length / 2}) {
      Files.write(start, Arrays.copyOf(whole, length));
      note();
      assertThat(attempts.deaths(Set.of(TRIAL))).isEmpty();
    }

    // An earlier one that can be read still counts.
    assertThat(deaths(dead, "driver")).isEqualTo(Map.of(TRIAL, 1));
  }
}
