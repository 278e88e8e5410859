package io.eigensweep.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.IntToDoubleFunction;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.TaskInfo;
import org.jspecify.annotations.Nullable;

/** What runs where right now, and how busy the cores have been, as Spark's events tell. */
final class RunningTrials extends SparkListener {
  /** The local property of a job that has the places of its trials in the plan, with commas. */
  static final String TRIALS = "eigensweep.trials";

  /**
   * A task that runs.
   *
   * @param trial its trial's place in the plan
   * @param task Spark's number for it
   * @param sparkAttempt Spark's attempts before it at the same task
   * @param host where it runs
   * @param startMillis when it was launched
   */
  record Running(int trial, long task, int sparkAttempt, String host, long startMillis) {}

  private final IntToDoubleFunction expected;
  private final Map<Integer, List<Integer>> trialsOfStage = new HashMap<>();
  private final Map<Long, Running> running = new HashMap<>();
  private final Map<Integer, Running> latest = new HashMap<>();
  private final Map<String, Integer> cores = new HashMap<>();
  private long busyMillis;
  private long availableMillis;
  private long coresSince;
  private long firstStart;
  private long lastEnd;

  /**
   * @param expected predicted seconds of the trial at a place of the plan
   * @param known cores of the executors that have registered by now
   * @param now milliseconds since the epoch
   */
  RunningTrials(IntToDoubleFunction expected, Map<String, Integer> known, long now) {
    this.expected = expected;
    cores.putAll(known);
    coresSince = now;
  }

  @Override
  public synchronized void onJobStart(SparkListenerJobStart job) {
    Properties properties = job.properties();
    @Nullable String text = properties == null ? null : properties.getProperty(TRIALS);
    if (text != null) {
      List<Integer> trials = Arrays.stream(text.split(",", -1)).map(Integer::valueOf).toList();
      for (var ids = job.stageIds().iterator(); ids.hasNext(); ) {
        trialsOfStage.put((Integer) ids.next(), trials);
      }
    }
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart start) {
    @Nullable List<Integer> trials = trialsOfStage.get(start.stageId());
    if (trials != null) {
      TaskInfo info = start.taskInfo();
      int trial = trials.get(info.partitionId());
      Running task =
          new Running(trial, info.taskId(), info.attemptNumber(), info.host(), info.launchTime());
      running.put(info.taskId(), task);
      latest.put(trial, task);
      firstStart = firstStart == 0 ? info.launchTime() : Math.min(firstStart, info.launchTime());
    }
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    @Nullable Running task = running.remove(end.taskInfo().taskId());
    if (task != null) {
      busyMillis += Math.max(0, end.taskInfo().finishTime() - task.startMillis());
      lastEnd = Math.max(lastEnd, end.taskInfo().finishTime());
    }
  }

  @Override
  public synchronized void onStageCompleted(SparkListenerStageCompleted stage) {
    trialsOfStage.remove(stage.stageInfo().stageId());
  }

  @Override
  public synchronized void onExecutorAdded(SparkListenerExecutorAdded added) {
    account(added.time());
    cores.put(added.executorId(), added.executorInfo().totalCores());
  }

  @Override
  public synchronized void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    account(removed.time());
    cores.remove(removed.executorId());
  }

  /** All tasks that run. */
  synchronized List<Running> now() {
    return new ArrayList<>(running.values());
  }

  /** The latest attempt at {@code trial}. */
  synchronized Optional<Running> latest(int trial) {
    return Optional.ofNullable(latest.get(trial));
  }

  /** {@code trial} has ended: nobody asks for its attempts any more. */
  synchronized void forget(int trial) {
    latest.remove(trial);
  }

  /** The predicted seconds of {@code trial}. */
  double expectedSeconds(int trial) {
    return expected.applyAsDouble(trial);
  }

  /** Cores that can run a trial. */
  synchronized int slots() {
    return cores.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The seconds that cores have run trials. */
  synchronized double busySeconds() {
    return busyMillis * 1e-3;
  }

  /** The seconds that cores have been there, between the first start of a trial and {@code now}. */
  synchronized double availableSeconds(long now) {
    account(now);
    return availableMillis * 1e-3;
  }

  /** The seconds from the first start of a trial to the last end. */
  synchronized double makespanSeconds() {
    return Math.max(0, lastEnd - firstStart) * 1e-3;
  }

  private void account(long now) {
    if (firstStart > 0) {
      long from = Math.max(coresSince, firstStart);
      availableMillis += Math.max(0, now - from) * (long) slots();
    }
    coresSince = now;
  }
}
