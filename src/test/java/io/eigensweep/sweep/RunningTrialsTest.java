package io.eigensweep.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.TaskEndReason;
import org.apache.spark.TaskKilled;
import org.apache.spark.executor.ExecutorMetrics;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.JobSucceeded$;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.StageInfo;
import org.apache.spark.scheduler.TaskInfo;
import org.apache.spark.scheduler.TaskLocality;
import org.junit.jupiter.api.Test;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** Why trials have not ended, from the types of Spark's events. */
class RunningTrialsTest {
  private static final int JOB = 3;
  private static final int STAGE = 5;
  private static final LostTask FAULT = new LostTask.Fault("the job has failed");

  private final RunningTrials running = new RunningTrials(trial -> 1, Map.of("1", 2), () -> 0);

  /** A job of the trials 10, 11 … begins. */
  private void begins(int trials) {
    begins(JOB, STAGE, IntStream.range(10, 10 + trials).boxed().toList());
  }

  private void begins(int job, int number, List<Integer> places) {
    running.submitted(places);
    Properties properties = new Properties();
    properties.setProperty(
        RunningTrials.TRIALS, String.join(",", places.stream().map(String::valueOf).toList()));
    StageInfo stage =
        new StageInfo(
            number,
            0,
            "stage",
            places.size(),
            nothing(),
            nothing(),
            "",
            new TaskMetrics(),
            nothing(),
            Option.empty(),
            0,
            false,
            0);
    running.onJobStart(
        new SparkListenerJobStart(
            job, 0, CollectionConverters.asScala(List.of(stage)).toSeq(), properties));
  }

  private static <T> scala.collection.immutable.Seq<T> nothing() {
    return CollectionConverters.asScala(List.<T>of()).toSeq();
  }

  /** The task of {@code partition} has run and ends for {@code reason}. */
  private void ends(int partition, TaskEndReason reason) {
    ends(STAGE, partition, reason);
  }

  private void ends(int stage, int partition, TaskEndReason reason) {
    TaskInfo task =
        new TaskInfo(
            100 + partition, partition, 0, partition, 0, "1", "h", TaskLocality.ANY(), false);
    running.onTaskStart(new SparkListenerTaskStart(stage, 0, task));
    running.onTaskEnd(
        new SparkListenerTaskEnd(
            stage, 0, "task", reason, task, new ExecutorMetrics(), new TaskMetrics()));
  }

  private void jobEnds() {
    jobEnds(JOB);
  }

  private void jobEnds(int job) {
    running.onJobEnd(new SparkListenerJobEnd(job, 0, JobSucceeded$.MODULE$));
  }

  private static ExecutorLostFailure died(boolean ofItsTask, String reason) {
    return new ExecutorLostFailure("1", ofItsTask, Option.apply(reason));
  }

  @Test
  void anExecutorsDeathIsThatOfTheTrialThatSparkBlames() {
    begins(3);
    ends(1, died(true, "Command exited with code 137\nmore"));
    ends(0, died(true, "Command exited with code 137"));
    jobEnds();

    assertThat(running.lost(11, "the job has failed"))
        .isEqualTo(new ExecutorDeath("Command exited with code 137"));
    assertThat(running.lost(10, "the job has failed")).isNull();
    assertThat(running.lost(12, "the job has failed")).isNull();
  }

  @Test
  void anExecutorThatWasTakenAwayAndATaskThatWasKilledAreNobodysDoing() {
    begins(1);
    ends(0, died(false, "preempted"));
    ends(0, new TaskKilled("stage cancelled", nothing(), nothing(), nothing()));
    jobEnds();

    assertThat(running.lost(10, "the job has failed")).isEqualTo(FAULT);
  }

  @Test
  void aDeathWithoutAReasonSaysSo() {
    begins(1);
    ends(0, new ExecutorLostFailure("1", true, Option.empty()));
    jobEnds();

    assertThat(running.lost(10, "the job has failed"))
        .isEqualTo(new ExecutorDeath("no reason is known"));
  }

  @Test
  void aTrialThatIsTriedAgainStartsWithoutBlame() {
    begins(1);
    ends(0, died(true, "Command exited with code 137"));
    jobEnds();
    begins(1);
    jobEnds();

    assertThat(running.lost(10, "the job has failed")).isEqualTo(FAULT);
  }

  /** A trial that has left its job, whose others still run, is tried in one of its own. */
  @Test
  void eventsOfAnEarlierJobSayNothingOfATrialThatIsInALaterOne() {
    begins(2);
    begins(4, 6, List.of(10));
    ends(1, died(true, "Command exited with code 1"));
    jobEnds();
    ends(6, 0, died(true, "Command exited with code 137"));
    jobEnds(4);

    assertThat(running.lost(10, "the job has failed"))
        .isEqualTo(new ExecutorDeath("Command exited with code 137"));
    assertThat(running.lost(11, "the job has failed"))
        .isEqualTo(new ExecutorDeath("Command exited with code 1"));
  }

  @Test
  void eventsThatComeLateAreWaitedFor() {
    begins(1);
    Thread late =
        new Thread(
            () -> {
              ends(0, died(true, "Command exited with code 52"));
              jobEnds();
            });
    late.start();

    assertThat(running.lost(10, "the job has failed"))
        .isEqualTo(new ExecutorDeath("Command exited with code 52"));
  }
}
