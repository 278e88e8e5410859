package io.eigensweep.sweep;

import static java.util.stream.Collectors.joining;

import io.eigensweep.plan.PlannedTrial;
import io.eigensweep.plan.TrialText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.spark.FutureAction;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterator;
import scala.concurrent.ExecutionContext;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * Spark jobs of one task for each trial: a task's failure is its trial's alone, and the order of
 * submission is the order of launching. A job has one trial, whose name it bears in Spark's page,
 * or several brief ones, because a job costs the driver and each executor some ten milliseconds.
 */
final class TrialJobs {
  /**
   * A trial that is not in a job any more.
   *
   * @param trial its place in the plan
   * @param end what its task said, null when it did not end
   * @param failure what Spark says of the job, when that failed before the trial had ended
   */
  record Completed(int trial, @Nullable TrialEnd end, @Nullable String failure) {}

  private final JavaSparkContext context;
  private final LinkedBlockingQueue<Completed> completed = new LinkedBlockingQueue<>();

  TrialJobs(JavaSparkContext context) {
    this.context = context;
  }

  /**
   * Submits one job for the trials at {@code places} of the plan; what becomes of each comes out of
   * {@link #next} when it ends.
   */
  FutureAction<Object> submit(
      List<Integer> places,
      List<PlannedTrial> planned,
      AbstractFunction1<Iterator<PlannedTrial>, TrialEnd> task) {
    String name = name(planned);
    context.setLocalProperty(
        RunningTrials.TRIALS, places.stream().map(String::valueOf).collect(joining(",")));
    context.setJobDescription(name);
    context.setCallSite(
        planned.size() == 1 ? "trial " + planned.get(0).id() : planned.size() + " trials");
    JavaRDD<PlannedTrial> rdd = context.parallelize(planned, planned.size()).setName(name);
    Set<Integer> open = ConcurrentHashMap.newKeySet();
    List<Object> partitions = new ArrayList<>();
    for (int i = 0; i < planned.size(); i++) {
      partitions.add(i);
      open.add(i);
    }
    SimpleFutureAction<Object> action =
        context
            .sc()
            .submitJob(
                rdd.rdd(),
                task,
                CollectionConverters.asScala(partitions).toSeq(),
                (partition, end) -> {
                  open.remove(partition);
                  completed.add(new Completed(places.get((Integer) partition), end, null));
                  return BoxedUnit.UNIT;
                },
                () -> BoxedUnit.UNIT);
    context.setLocalProperty(RunningTrials.TRIALS, null);
    action.onComplete(
        result -> {
          if (result.isFailure()) {
            String failure = String.valueOf(result.failed().get().getMessage());
            open.forEach(i -> completed.add(new Completed(places.get(i), null, failure)));
          }
          return BoxedUnit.UNIT;
        },
        ExecutionContext.fromExecutor(Runnable::run));
    return action;
  }

  private static String name(List<PlannedTrial> planned) {
    PlannedTrial first = planned.get(0);
    String words =
        String.format(
            Locale.ROOT,
            "trial %s: %s, seed %d, %s",
            first.id(),
            first.trial().signal().id(),
            first.trial().seed(),
            TrialText.settings(first.trial()));
    return planned.size() == 1
        ? words
        : words
            + " and "
            + (planned.size() - 1)
            + " more: "
            + planned.stream().skip(1).map(trial -> trial.id().text()).collect(joining(" "));
  }

  /** The next trial that leaves its job within {@code millis}, null when none does. */
  @Nullable Completed next(long millis) {
    try {
      return completed.poll(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while trials run", e);
    }
  }
}
