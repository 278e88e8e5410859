package io.eigensweep.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.result.AttemptLog;
import io.eigensweep.result.ResultStore;
import io.eigensweep.trial.TrialId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LostProcessesTest {
  private static final TrialId TRIAL = new TrialId("aaaaaaaaaaaaaaaa");
  private static final long LIVING = ProcessHandle.current().pid();

  @TempDir Path folder;
  private AttemptLog attempts;
  private long dead;

  @BeforeEach
  void endAProcess() throws Exception {
    attempts = new ResultStore(folder.toUri(), new Configuration()).attempts();
    Process process = new ProcessBuilder("true").start();
    dead = process.pid();
    process.waitFor();
  }

  /** Deaths after an attempt in local mode on host "here" was found open. */
  private Map<TrialId, Integer> deaths(String host, long pid, String executor, Instant startedAt) {
    attempts.started(TRIAL, new AttemptLog.Start("run-0-0", host, pid, executor, startedAt));
    LostProcesses.note(attempts, Set.of(TRIAL), "here");
    return attempts.deaths(Set.of(TRIAL));
  }

  @Test
  void anAttemptWhoseLocalDriverIsGoneHasDied() {
    assertThat(deaths("here", dead, "driver", Instant.now())).isEqualTo(Map.of(TRIAL, 1));
    assertThat(attempts.open(Set.of(TRIAL))).isEmpty();
  }

  @Test
  void anAttemptWhoseDriverLivesHasNot() {
    assertThat(deaths("here", LIVING, "driver", Instant.now())).isEmpty();
  }

  @Test
  void anotherProcessWithTheSameNumberIsNotTheAttempts() {
    Instant began = ProcessHandle.current().info().startInstant().orElseThrow();

    assertThat(deaths("here", LIVING, "driver", began.minusSeconds(1))).isEqualTo(Map.of(TRIAL, 1));
  }

  @Test
  void executorsAndOtherMachinesAreNotJudgedFromHere() {
    assertThat(deaths("there", dead, "driver", Instant.now())).isEmpty();
    assertThat(deaths("here", dead, "3", Instant.now())).isEmpty();
  }

  @Test
  void aStartThatWasCutOffIsLeftOut() throws Exception {
    attempts.started(TRIAL, new AttemptLog.Start("run-1-0", "here", dead, "driver", Instant.now()));
    Path start;
    try (Stream<Path> files = Files.walk(folder)) {
      start = files.filter(file -> file.endsWith("run-1-0.json")).findFirst().orElseThrow();
    }
    byte[] whole = Files.readAllBytes(start);
    for (int length : new int[] {0, whole.length / 2}) {
      Files.write(start, Arrays.copyOf(whole, length));
      Files.deleteIfExists(start.resolveSibling(".run-1-0.json.crc"));
      LostProcesses.note(attempts, Set.of(TRIAL), "here");
      assertThat(attempts.deaths(Set.of(TRIAL))).isEmpty();
    }

    // An earlier one that can be read still counts.
    assertThat(deaths("here", dead, "driver", Instant.now())).isEqualTo(Map.of(TRIAL, 1));
  }

  @Test
  void aRestartOfTheMachineIsNotTheTrialsFault() {
    assertThat(deaths("here", dead, "driver", Instant.EPOCH)).isEmpty();
  }
}
