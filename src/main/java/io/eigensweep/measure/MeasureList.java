package io.eigensweep.measure;

import io.eigensweep.trial.TrialResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Quantities in the order of their columns, which is that of their definition. */
final class MeasureList {
  private final List<Measure<TrialResult, ?>> all = new ArrayList<>();
  private final List<Eigenvalue> eigenvalues = new ArrayList<>();

  /** Appends {@code measure}, and gives it back. */
  <T> Measure<TrialResult, T> add(Measure<TrialResult, T> measure) {
    all.add(measure);
    return measure;
  }

  /** Appends its four columns, and gives it back. */
  Eigenvalue add(Eigenvalue eigenvalue) {
    eigenvalues.add(eigenvalue);
    all.addAll(
        List.of(eigenvalue.value(), eigenvalue.lower(), eigenvalue.upper(), eigenvalue.resolved()));
    return eigenvalue;
  }

  /** Those that are eigenvalues. */
  List<Eigenvalue> eigenvalues() {
    return Collections.unmodifiableList(eigenvalues);
  }

  /** All of them, as far as they are defined. */
  List<Measure<TrialResult, ?>> all() {
    return Collections.unmodifiableList(all);
  }
}
