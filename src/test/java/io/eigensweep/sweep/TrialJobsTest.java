package io.eigensweep.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.cluster.Cluster;
import io.eigensweep.cluster.Place;
import io.eigensweep.plan.PlannedTrial;
import io.eigensweep.trial.Outcome;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

class TrialJobsTest {
  private static final int FIRST_PLACE = 10;

  private static Cluster cluster;
  private static JavaSparkContext context;

  @BeforeAll
  static void connect() {
    cluster = Cluster.forSweep("test");
    context = JavaSparkContext.fromSparkContext(cluster.session().sparkContext());
  }

  @AfterAll
  static void disconnect() {
    cluster.close();
  }

  /** Ends every trial, with its seed as the seconds; that of one seed fails. */
  private static final class Ends extends AbstractFunction1<Iterator<PlannedTrial>, TrialEnd>
      implements Serializable {
    private static final long serialVersionUID = 1L;
    private final long failing;
    private final String message;

    Ends(long failing, String message) {
      this.failing = failing;
      this.message = message;
    }

    @Override
    public TrialEnd apply(Iterator<PlannedTrial> one) {
      long seed = one.next().trial().seed();
      if (seed == failing) {
        throw new IllegalStateException(message);
      }
      return TrialEnd.ran(new Place("host", "1"), (double) seed, Outcome.SUCCEEDED);
    }
  }

  private RunningTrials running;

  @BeforeEach
  void listen() {
    running = new RunningTrials(trial -> 1, cluster.executorCores(), System::nanoTime);
    context.sc().addSparkListener(running);
  }

  @AfterEach
  void stopListening() {
    context.sc().removeSparkListener(running);
  }

  /** What becomes of {@code trials} in one job, by place. */
  private Map<Integer, TrialJobs.Completed> ends(List<PlannedTrial> trials, Ends task) {
    TrialJobs jobs = new TrialJobs(context);
    List<Integer> places =
        IntStream.range(FIRST_PLACE, FIRST_PLACE + trials.size()).boxed().toList();
    running.submitted(places);
    Object unused = jobs.submit(places, trials, task);
    Map<Integer, TrialJobs.Completed> ends = new HashMap<>();
    while (ends.size() < trials.size()) {
      TrialJobs.Completed completed = jobs.next(1000);
      if (completed != null) {
        assertThat(ends.put(completed.trial(), completed)).isNull();
      }
    }
    assertThat(jobs.next(200)).isNull();
    return ends;
  }

  /** Why the trial at {@code place}, which has not ended, has not. */
  private @Nullable String lost(int place, Map<Integer, TrialJobs.Completed> ends) {
    TrialJobs.Completed completed = Objects.requireNonNull(ends.get(place));
    assertThat(completed.end()).isNull();
    LostTask lost = running.lost(place, Objects.requireNonNull(completed.failure()));
    return lost == null ? null : lost.reason();
  }

  @Test
  void tellsOfEachTrialOfAJob() throws Exception {
    List<PlannedTrial> trials = BriefTrials.of(7);
    Map<Integer, TrialJobs.Completed> ends = ends(trials, new Ends(-1, ""));
    context.sc().listenerBus().waitUntilEmpty();

    for (int i = 0; i < trials.size(); i++) {
      TrialJobs.Completed completed = Objects.requireNonNull(ends.get(FIRST_PLACE + i));
      assertThat(completed.failure()).isNull();
      assertThat(Objects.requireNonNull(completed.end()).seconds())
          .isEqualTo((double) trials.get(i).trial().seed());
      assertThat(running.latest(FIRST_PLACE + i)).isPresent();
    }
    assertThat(running.now()).isEmpty();
  }

  @Test
  void blamesAFailureOnItsOwnTrialAlone() {
    List<PlannedTrial> trials = BriefTrials.of(40);
    int culprit = FIRST_PLACE + 3;
    Map<Integer, TrialJobs.Completed> ends =
        ends(trials, new Ends(trials.get(3).trial().seed(), "storage is away"));

    assertThat(lost(culprit, ends)).contains("storage is away");
    assertThat(ends.values()).anyMatch(completed -> completed.end() != null);
    for (TrialJobs.Completed completed : ends.values()) {
      if (completed.end() == null && completed.trial() != culprit) {
        assertThat(lost(completed.trial(), ends)).isNull();
      }
    }
  }

  @Test
  void aTrialAloneIsBlamedForItsFailure() {
    List<PlannedTrial> trials = BriefTrials.of(1);
    Map<Integer, TrialJobs.Completed> ends =
        ends(trials, new Ends(trials.get(0).trial().seed(), "it broke"));

    assertThat(lost(FIRST_PLACE, ends)).contains("it broke");
  }
}
