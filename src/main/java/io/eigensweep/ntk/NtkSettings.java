package io.eigensweep.ntk;

import io.eigensweep.settings.Key;
import io.eigensweep.settings.SettingException;
import java.io.Serializable;
import java.util.List;

/**
 * Which kernels of a trial are computed.
 *
 * @param points the points of the kernels
 * @param epochs when; empty means no kernel at all
 * @param outputs how the outputs are combined
 * @param precision the number type
 * @param method how eigenvalues are computed
 * @param jacobianBudget seconds that the Jacobian route may be expected to take, see {@link
 *     JacobianRoute#seconds}
 * @param terms which terms get a spectrum
 * @param dynamics whether residuals are followed by eigenmode
 */
public record NtkSettings(
    @Key(
            meaning =
                "points of the kernels: their number, or a block {count, pattern, windows, budget}",
            fallback = "1024")
        SamplePoints points,
    @Key(
            meaning = "epochs at which the kernel is computed",
            fallback = "[init, half, last]",
            column = "ntk_epochs")
        List<Checkpoint> epochs,
    @Key(meaning = "how the kernels of the outputs are combined", fallback = "mean")
        Outputs outputs,
    @Key(
            meaning = "number type of kernel and eigenvalues",
            fallback = "double",
            column = "ntk_precision")
        Precision precision,
    @Key(
            meaning =
                "how eigenvalues are computed: from the kernel, from the Jacobian where that is"
                    + " needed and affordable, or always so",
            fallback = "auto",
            omitDefault = true,
            column = "ntk_method")
        Method method,
    @Key(
            meaning =
                "expected time that the Jacobian route may take for one term at one epoch with"
                    + " method auto",
            fallback = "60",
            omitDefault = true,
            unit = "s",
            column = "ntk_jacobian_budget")
        double jacobianBudget,
    @Key(
            meaning = "which terms of the kernel get a spectrum",
            fallback = "groups",
            omitDefault = true,
            column = "ntk_terms")
        Terms terms,
    @Key(
            meaning = "whether residuals are followed by eigenmode between checkpoints",
            fallback = "true",
            omitDefault = true,
            column = "ntk_dynamics")
        boolean dynamics)
    implements Serializable {
  public NtkSettings {
    if (method == Method.JACOBIAN && precision == Precision.FLOAT) {
      throw new SettingException(
          "method", "jacobian computes in double; with precision float it must be gram or auto");
    }
    if (!(jacobianBudget >= 0) || Double.isInfinite(jacobianBudget)) {
      throw new SettingException(
          "jacobian-budget", "must be a time in seconds from 0, got " + jacobianBudget);
    }
    if (points.pattern() == Pattern.ALL && precision == Precision.FLOAT) {
      throw new SettingException(
          "points", "of the pattern all are bounded in double; precision must not be float");
    }
    epochs = List.copyOf(epochs);
  }

  /** A lattice of {@code points} points in double, everything else by default. */
  public static NtkSettings of(int points, List<Checkpoint> epochs, Outputs outputs) {
    return new NtkSettings(
        new SamplePoints(points, Pattern.LATTICE),
        epochs,
        outputs,
        Precision.DOUBLE,
        Method.AUTO,
        60,
        Terms.GROUPS,
        true);
  }

  /** These settings with every checkpoint as a number, ascending, without repeats. */
  public NtkSettings resolved(int trainingEpochs) {
    List<Checkpoint> numbers =
        epochs.stream()
            .mapToInt(checkpoint -> checkpoint.epoch(trainingEpochs))
            .sorted()
            .distinct()
            .mapToObj(Checkpoint::at)
            .toList();
    return numbers.equals(epochs) ? this : at(numbers);
  }

  /** These settings with other checkpoints. */
  public NtkSettings at(List<Checkpoint> checkpoints) {
    return new NtkSettings(
        points, checkpoints, outputs, precision, method, jacobianBudget, terms, dynamics);
  }

  /** These settings, {@code auto} being the Gram route alone. */
  NtkSettings gramForAuto() {
    return method != Method.AUTO
        ? this
        : new NtkSettings(
            points, epochs, outputs, precision, Method.GRAM, jacobianBudget, terms, dynamics);
  }

  /** These settings for one kernel, whose residual is not followed. */
  NtkSettings once() {
    return new NtkSettings(
        points,
        List.of(Checkpoint.at(0)),
        outputs,
        precision,
        method,
        jacobianBudget,
        terms,
        false);
  }
}
