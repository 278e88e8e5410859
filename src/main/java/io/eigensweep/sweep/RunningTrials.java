package io.eigensweep.sweep;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntToDoubleFunction;
import java.util.function.LongSupplier;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.TaskInfo;
import org.jspecify.annotations.Nullable;

/**
 * What runs where right now, why what has ended did not succeed, and how busy the cores have been,
 * as Spark's events tell. They come some time after what they tell of, and may get lost when there
 * are very many.
 */
final class RunningTrials extends SparkListener {
  /** The local property of a job that has the places of its trials in the plan, with commas. */
  static final String TRIALS = "eigensweep.trials";

  /** How long a failed job's events are waited for. */
  private static final Duration LATE_EVENTS = Duration.ofSeconds(10);

  /**
   * A task that runs.
   *
   * @param trial its trial's place in the plan
   * @param task Spark's number for it
   * @param sparkAttempt Spark's attempts before it at the same task
   * @param host where it runs
   * @param start when it was launched, for people
   * @param startNanos when it was launched, by {@link System#nanoTime}: clocks are set, and
   *     machines sleep
   */
  record Running(
      int trial, long task, int sparkAttempt, String host, Instant start, long startNanos) {}

  /**
   * A job of Spark's.
   *
   * @param id Spark's number for it
   * @param trials their places in the plan
   */
  private record Job(int id, List<Integer> trials) {}

  /**
   * Why a job has failed: its first task that counts as failed, as no task has another try.
   *
   * @param trial the task's trial
   * @param death that of its executor, null when that has not died
   */
  private record Blame(int trial, @Nullable ExecutorDeath death) {}

  private final IntToDoubleFunction expected;
  private final Map<Integer, Job> jobs = new HashMap<>();
  private final Map<Integer, Job> jobOfStage = new HashMap<>();

  /** The job that each trial is in now: events of an earlier one, with others, may come later. */
  private final Map<Integer, Job> current = new HashMap<>();

  private final Set<Integer> unfinished = new HashSet<>();
  private final Map<Integer, Blame> blames = new HashMap<>();
  private final Map<Long, Running> running = new HashMap<>();
  private final Map<Integer, Running> latest = new HashMap<>();
  private final Map<String, Integer> cores = new HashMap<>();
  private final LongSupplier nanoTime;
  private long busyNanos;
  private long availableNanos;
  private long coresSince;
  private boolean begun;
  private long firstStart;
  private long lastEnd;

  /**
   * @param expected predicted seconds of the trial at a place of the plan
   * @param known cores of the executors that have registered by now
   * @param nanoTime {@link System#nanoTime}
   */
  RunningTrials(IntToDoubleFunction expected, Map<String, Integer> known, LongSupplier nanoTime) {
    this.expected = expected;
    this.nanoTime = nanoTime;
    cores.putAll(known);
    coresSince = nanoTime.getAsLong();
  }

  @Override
  public synchronized void onJobStart(SparkListenerJobStart job) {
    Properties properties = job.properties();
    @Nullable String text = properties == null ? null : properties.getProperty(TRIALS);
    if (text != null) {
      List<Integer> trials = Arrays.stream(text.split(",", -1)).map(Integer::valueOf).toList();
      Job begun = new Job(job.jobId(), trials);
      jobs.put(job.jobId(), begun);
      trials.forEach(trial -> current.put(trial, begun));
      for (var ids = job.stageIds().iterator(); ids.hasNext(); ) {
        jobOfStage.put((Integer) ids.next(), begun);
      }
    }
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart start) {
    @Nullable Job job = jobOfStage.get(start.stageId());
    if (job != null) {
      TaskInfo info = start.taskInfo();
      int trial = job.trials().get(info.partitionId());
      long now = nanoTime.getAsLong();
      Running task =
          new Running(
              trial,
              info.taskId(),
              info.attemptNumber(),
              info.host(),
              Instant.ofEpochMilli(info.launchTime()),
              now);
      running.put(info.taskId(), task);
      latest.put(trial, task);
      if (!begun) {
        begun = true;
        firstStart = now;
        lastEnd = now;
      }
    }
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    @Nullable Running task = running.remove(end.taskInfo().taskId());
    if (task != null) {
      lastEnd = nanoTime.getAsLong();
      busyNanos += lastEnd - task.startNanos();
      @Nullable Job job = jobOfStage.get(end.stageId());
      if (job != null
          && end.reason() instanceof TaskFailedReason reason
          && reason.countTowardsTaskFailures()) {
        Blame blame = new Blame(task.trial(), death(reason));
        stillIn(job).forEach(trial -> blames.putIfAbsent(trial, blame));
      }
    }
  }

  /** The trials of {@code job} that are in no later one. */
  private List<Integer> stillIn(Job job) {
    return job.trials().stream().filter(trial -> job.equals(current.get(trial))).toList();
  }

  private static @Nullable ExecutorDeath death(TaskFailedReason reason) {
    return reason instanceof ExecutorLostFailure lost
        ? new ExecutorDeath(
            lost.reason().isEmpty() || lost.reason().get().isBlank()
                ? "no reason is known"
                : TrialStates.firstLine(lost.reason().get()))
        : null;
  }

  @Override
  public synchronized void onJobEnd(SparkListenerJobEnd end) {
    @Nullable Job job = jobs.remove(end.jobId());
    if (job != null) {
      stillIn(job).forEach(unfinished::remove);
      notifyAll();
    }
  }

  /** A job with these {@code trials} is going to be submitted. */
  synchronized void submitted(List<Integer> trials) {
    unfinished.addAll(trials);
    trials.forEach(blames::remove);
    trials.forEach(current::remove);
  }

  /**
   * Why {@code trial}, whose job has failed, has not ended; null when another trial of the job is
   * to blame. Waits for the events of this job; if they don't come, it is nobody's death.
   *
   * @param failure what Spark says of the job
   */
  synchronized @Nullable LostTask lost(int trial, String failure) {
    long deadline = System.nanoTime() + LATE_EVENTS.toNanos();
    try {
      for (long left = LATE_EVENTS.toMillis();
          left > 0 && unfinished.contains(trial);
          left = (deadline - System.nanoTime()) / 1_000_000) {
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (unfinished.remove(trial)) { // the others of its job need not wait for the same events
      @Nullable Job job = current.get(trial);
      if (job != null) {
        stillIn(job).forEach(unfinished::remove);
      }
    }
    @Nullable Blame blame = blames.get(trial);
    if (blame == null) {
      return new LostTask.Fault(failure);
    } else if (blame.trial() != trial) {
      return null;
    }
    return blame.death() == null ? new LostTask.Fault(failure) : blame.death();
  }

  @Override
  public synchronized void onStageCompleted(SparkListenerStageCompleted stage) {
    jobOfStage.remove(stage.stageInfo().stageId());
  }

  @Override
  public synchronized void onExecutorAdded(SparkListenerExecutorAdded added) {
    account();
    cores.put(added.executorId(), added.executorInfo().totalCores());
  }

  @Override
  public synchronized void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    account();
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
    blames.remove(trial);
    unfinished.remove(trial);
    current.remove(trial);
  }

  /** The predicted seconds of {@code trial}. */
  double expectedSeconds(int trial) {
    return expected.applyAsDouble(trial);
  }

  /** The executors that can run a trial. */
  synchronized Set<String> executors() {
    return new TreeSet<>(cores.keySet());
  }

  /** Cores that can run a trial. */
  synchronized int slots() {
    return cores.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The seconds that cores have run trials. */
  synchronized double busySeconds() {
    return busyNanos * 1e-9;
  }

  /** The seconds that cores have been there, from the first start of a trial until now. */
  synchronized double availableSeconds() {
    account();
    return availableNanos * 1e-9;
  }

  /** The seconds from the first start of a trial to the last end. */
  synchronized double makespanSeconds() {
    return (lastEnd - firstStart) * 1e-9;
  }

  private void account() {
    long now = nanoTime.getAsLong();
    if (begun) {
      long from = coresSince - firstStart > 0 ? coresSince : firstStart;
      availableNanos += (now - from) * slots();
    }
    coresSince = now;
  }
}
