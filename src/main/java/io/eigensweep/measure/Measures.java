package io.eigensweep.measure;

import io.eigensweep.trial.TrialResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** All quantities of a trial, in the order of their columns. */
public final class Measures {
  /** Who the trial is and how it ended. */
  public static final List<Measure<TrialResult, ?>> FATE = List.copyOf(RunMeasures.fate());

  /** What was measured, in the order of the columns behind the hyperparameters. */
  public static final List<Measure<TrialResult, ?>> MEASURED = measured();

  /** Those that a comparison sums up, in the order of its columns. */
  public static final List<Measure<TrialResult, ?>> SUMMED =
      MEASURED.stream()
          .filter(measure -> measure.summary() != null)
          .sorted(Comparator.comparing(Measures::section))
          .toList();

  /** Those whose differences are taken on the same pictures and seeds. */
  public static final List<Measure<TrialResult, Double>> PAIRED =
      numbers(measure -> measure.paired() != null);

  /** Those that are smallest eigenvalues. */
  public static final List<Eigenvalue> EIGENVALUES = List.copyOf(KernelMeasures.eigenvalues());

  private Measures() {}

  /**
   * The smallest eigenvalue whose value has this column.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Eigenvalue eigenvalue(String column) {
    return EIGENVALUES.stream()
        .filter(eigenvalue -> eigenvalue.value().name().equals(column))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(column + " is no eigenvalue"));
  }

  private static List<Measure<TrialResult, ?>> measured() {
    List<Measure<TrialResult, ?>> all = new ArrayList<>();
    Stream.of(
            SignalMeasures.all(),
            TrainingMeasures.all(),
            QualityMeasures.all(),
            KernelMeasures.all(),
            SymptomMeasures.all(),
            RunMeasures.cost(),
            RunMeasures.provenance())
        .forEach(all::addAll);
    return List.copyOf(all);
  }

  private static Summary.Section section(Measure<TrialResult, ?> measure) {
    return Objects.requireNonNull(measure.summary()).section();
  }

  /** Those that tables for eyes show where there are values, in the order of their columns. */
  public static List<Measure<TrialResult, Double>> shown() {
    return numbers(measure -> measure.view() != null).stream()
        .sorted(Comparator.comparing(measure -> Objects.requireNonNull(measure.view()).place()))
        .toList();
  }

  @SuppressWarnings("unchecked") // by the type of its values
  private static List<Measure<TrialResult, Double>> numbers(Predicate<Measure<?, ?>> wanted) {
    List<Measure<TrialResult, Double>> numbers = new ArrayList<>();
    for (Measure<TrialResult, ?> measure : MEASURED) {
      if (measure.type() == Double.class && wanted.test(measure)) {
        numbers.add((Measure<TrialResult, Double>) measure);
      }
    }
    return List.copyOf(numbers);
  }
}
