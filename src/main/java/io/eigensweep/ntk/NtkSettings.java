package io.eigensweep.ntk;

import io.eigensweep.spec.Check;
import io.eigensweep.spec.Key;
import java.io.Serializable;
import java.util.List;

/**
 * Which kernels of a trial are computed.
 *
 * @param points the number of sample points asked for; N = k² of them are used, see DESIGN §3
 * @param epochs when; empty means no kernel at all
 * @param outputs how the outputs are combined
 * @param precision the number type
 */
public record NtkSettings(
    @Key(
            meaning = "sample points of the kernel asked for (a lattice of k × k pixels uses k²)",
            fallback = "1024",
            unit = "points",
            column = "ntk_points")
        int points,
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
        Precision precision)
    implements Serializable {
  public NtkSettings {
    Check.between("points", points, 1, 46_000);
    epochs = List.copyOf(epochs);
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
    return new NtkSettings(points, numbers, outputs, precision);
  }
}
