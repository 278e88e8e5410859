package io.eigensweep.sweep;

import io.eigensweep.job.Job;
import io.eigensweep.job.JobFile;
import io.eigensweep.picture.GeneratedKind;
import io.eigensweep.plan.CostModel;
import io.eigensweep.plan.Grid;
import io.eigensweep.plan.PlannedTrial;
import io.eigensweep.signal.Coordinates;
import io.eigensweep.signal.Signal;
import java.util.List;
import java.util.stream.IntStream;

/** Trials that take milliseconds. */
final class BriefTrials {
  private BriefTrials() {}

  /** So many, with the seeds from 0. */
  static List<PlannedTrial> of(int count) {
    return of(
        count,
        List.of(new Signal.GeneratedImage(GeneratedKind.GLYPHS, 16, 0, Coordinates.CENTERS)));
  }

  /** So many for each of {@code signals}. */
  static List<PlannedTrial> of(int count, List<Signal> signals) {
    Job job =
        JobFile.read(
            """
            name: brief
            encoding: {type: identity}
            network: {width: 8}
            training: {learning-rate: 1, epochs: 1}
            ntk: {points: 4, epochs: [last]}
            seeds: SEEDS
            """
                .replace("SEEDS", IntStream.range(0, count).boxed().toList().toString()),
            "brief",
            List.of());
    CostModel model = CostModel.nominal();
    return Grid.expand(job, signals).trials().stream()
        .map(trial -> new PlannedTrial(trial, trial.id(), model.of(trial)))
        .toList();
  }
}
