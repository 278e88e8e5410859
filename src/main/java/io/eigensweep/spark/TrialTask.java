package io.eigensweep.spark;

import io.eigensweep.plan.PlannedTrial;
import io.eigensweep.trial.TrialResult;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.broadcast.Broadcast;

/**
 * One Spark task: runs one trial and commits its row from the executor. Whatever goes wrong in the
 * trial is a row; only a row that can't be committed fails the task, and Spark tries again.
 */
final class TrialTask implements VoidFunction<PlannedTrial> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<Workbench> workbench;
  private final Fates fates;

  TrialTask(Broadcast<Workbench> workbench, Fates fates) {
    this.workbench = workbench;
    this.fates = fates;
  }

  @Override
  public void call(PlannedTrial planned) {
    Workbench bench = workbench.value();
    int attempt = TaskContext.get().attemptNumber();
    TrialResult result = bench.runner().run(planned.trial(), attempt);
    // False says that another attempt was first: the trial has its row.
    boolean unused = bench.store().commit(result);
    fates.add(result.outcome().status(), planned.cost().seconds());
  }
}
