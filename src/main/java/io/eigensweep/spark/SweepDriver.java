package io.eigensweep.spark;

import io.eigensweep.plan.PlannedTrial;
import io.eigensweep.trial.Status;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/**
 * Distributes trials: one task each, in the given order. Spark launches low task numbers first, so
 * longest first stays longest first; nothing of a trial comes back but a count.
 */
public final class SweepDriver {
  private final SparkSession session;
  private final Path out;
  private final PrintStream progress;
  private final boolean terminal;

  /**
   * @param cluster where they run
   * @param out the sweep's folder, with scheme
   * @param progress where progress is shown
   * @param terminal whether that is a terminal
   */
  public SweepDriver(Cluster cluster, Path out, PrintStream progress, boolean terminal) {
    this.session = cluster.session();
    this.out = out;
    this.progress = progress;
    this.terminal = terminal;
  }

  /**
   * Runs {@code trials}; returns when each has its row.
   *
   * @return how they ended, by status
   * @throws SweepAbortedException when Spark has given up a trial whose row can't be committed
   */
  public Map<Status, Long> run(String jobName, List<PlannedTrial> trials) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    Fates fates = new Fates(session.sparkContext());
    Broadcast<Workbench> workbench =
        context.broadcast(new Workbench(out, context.hadoopConfiguration()));
    double predicted = trials.stream().mapToDouble(trial -> trial.cost().seconds()).sum();
    context.setJobDescription(
        String.format(Locale.ROOT, "sweep %s: %d trials, longest first", jobName, trials.size()));
    try (Progress shown = new Progress(trials.size(), predicted, fates, progress, terminal)) {
      shown.start();
      JavaRDD<PlannedTrial> tasks = context.parallelize(trials, trials.size());
      tasks.setName("trials of " + jobName).foreach(new TrialTask(workbench, fates));
    } catch (Exception e) { // SparkException: checked, but not declared
      throw new SweepAbortedException(e);
    } finally {
      workbench.unpersist();
    }
    return fates.byStatus();
  }
}
