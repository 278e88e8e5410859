package io.eigensweep.measure;

import static io.eigensweep.measure.Measure.ofPart;
import static io.eigensweep.measure.Measure.real;
import static io.eigensweep.measure.Measure.whole;

import io.eigensweep.measure.Summary.Largest;
import io.eigensweep.measure.Summary.Section;
import io.eigensweep.trial.TrialResult;
import io.eigensweep.trial.TrialResult.TrainingFacts;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The training. */
public final class TrainingMeasures {
  private static final MeasureList LIST = new MeasureList();

  static {
    LIST.add(whole("epochs_done", "epochs", "completed epochs", of(TrainingFacts::epochsDone)));
  }

  /** Trainable numbers. */
  public static final Measure<TrialResult, Long> PARAMETERS =
      LIST.add(
          Measure.large(
                  "parameters",
                  "trainable numbers, those of the encoding included",
                  of(TrainingFacts::parameters))
              .summed(new Largest(Section.PARAMETERS)));

  static {
    LIST.add(
        Measure.large(
                "parameters_encoding",
                "trainable numbers of the encoding",
                of(TrainingFacts::parametersEncoding))
            .summed(new Largest(Section.PARAMETERS)));
    LIST.add(
        real("loss", "", "loss of the last epoch, NULL when not finite", of(TrainingFacts::loss)));
  }

  private TrainingMeasures() {}

  static List<Measure<TrialResult, ?>> all() {
    return LIST.all();
  }

  /** Null where training was not reached. */
  static <T> Function<TrialResult, @Nullable T> of(Function<TrainingFacts, @Nullable T> value) {
    return ofPart(TrialResult::training, value);
  }
}
