package io.eigensweep.spark;

import io.eigensweep.plan.PlannedTrial;
import io.eigensweep.plan.TrialText;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.FutureAction;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.jspecify.annotations.Nullable;
import scala.concurrent.ExecutionContext;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;

/**
 * One Spark job of one task for each trial: its name in Spark's page is the trial, its failure is
 * nobody else's, and the order of submission is the order of launching.
 */
final class TrialJobs {

  /**
   * A job that has ended.
   *
   * @param trial its trial's place in the plan
   * @param end what the task said, null when the job has failed
   * @param failure why it failed, empty when it did not
   */
  record Completed(int trial, @Nullable TrialEnd end, String failure) {}

  private final JavaSparkContext context;
  private final LinkedBlockingQueue<Completed> completed = new LinkedBlockingQueue<>();

  TrialJobs(JavaSparkContext context) {
    this.context = context;
  }

  /** Submits {@code task} for {@code planned}; what becomes of it comes out of {@link #next}. */
  FutureAction<TrialEnd> submit(int trial, PlannedTrial planned, TrialTask task) {
    String name =
        String.format(
            Locale.ROOT,
            "trial %s: %s, seed %d, %s",
            planned.id(),
            planned.trial().signal().id(),
            planned.trial().seed(),
            TrialText.settings(planned.trial()));
    context.setLocalProperty(RunningTrials.TRIAL, Integer.toString(trial));
    context.setLocalProperty("mdc.trial", planned.id().text());
    context.setJobDescription(name);
    context.setCallSite("trial " + planned.id());
    JavaRDD<PlannedTrial> one = context.parallelize(List.of(planned), 1).setName(name);
    RDD<PlannedTrial> rdd = one.rdd();
    AtomicReference<@Nullable TrialEnd> end = new AtomicReference<>();
    SimpleFutureAction<TrialEnd> action =
        context
            .sc()
            .submitJob(
                rdd,
                task,
                CollectionConverters.asScala(List.<Object>of(0)).toSeq(),
                (partition, result) -> {
                  end.set(result);
                  return BoxedUnit.UNIT;
                },
                () -> end.get());
    action.onComplete(
        result -> {
          completed.add(
              result.isSuccess()
                  ? new Completed(trial, result.get(), "")
                  : new Completed(trial, null, String.valueOf(result.failed().get().getMessage())));
          return BoxedUnit.UNIT;
        },
        ExecutionContext.fromExecutor(Runnable::run));
    return action;
  }

  /** The next job that ends within {@code millis}, null when none does. */
  @Nullable Completed next(long millis) {
    try {
      return completed.poll(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while trials run", e);
    }
  }
}
