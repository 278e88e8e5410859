package io.eigensweep.training;

import io.eigensweep.settings.Check;
import io.eigensweep.settings.Key;
import io.eigensweep.settings.Names;
import io.eigensweep.settings.SettingException;
import java.io.Serializable;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How a network is trained: loss = mean over batch and channels of (f − y)², a fresh shuffle each
 * epoch, float32.
 *
 * @param optimizer the update rule
 * @param learningRate η; null when the next is given, 100 when neither is
 * @param learningRateOfLimit η as a share of {@link #stabilityLimit}
 * @param schedule how η changes over the steps
 * @param batchSize samples per step; the last batch of an epoch may be smaller
 * @param epochs passes over the signal; 0 evaluates the network at its initialisation
 * @param freezeGridAt 0 leaves the grids at their random initialisation; null never freezes them
 * @param freezeNetworkAt 0 leaves the layers at their random initialisation; null never freezes
 *     them
 * @param psnrEvery epochs between two PSNR values of the learning curve
 */
public record TrainingSettings(
    @Key(meaning = "update rule", fallback = "sgd", flat = true) Optimizer optimizer,
    @Key(meaning = "learning rate η", optional = true, fallback = TrainingSettings.RATE)
        @Nullable Double learningRate,
    @Key(meaning = "learning rate as a share of the trial's own stability limit", optional = true)
        @Nullable Double learningRateOfLimit,
    @Key(
            meaning = "how the learning rate changes over the steps",
            fallback = "constant",
            omitDefault = true)
        Schedule schedule,
    @Key(meaning = "samples per step", fallback = "1024", unit = "samples") int batchSize,
    @Key(meaning = "passes over the signal", fallback = "300", unit = "epochs") int epochs,
    @Key(
            meaning = "completed epochs from which on the grids keep their numbers",
            unit = "epochs",
            optional = true)
        @Nullable Integer freezeGridAt,
    @Key(
            meaning = "completed epochs from which on the network's layers keep their numbers",
            unit = "epochs",
            optional = true)
        @Nullable Integer freezeNetworkAt,
    @Key(
            meaning = "epochs between two PSNR values of the learning curve",
            fallback = "10",
            unit = "epochs",
            identity = false)
        int psnrEvery)
    implements Serializable {
  static final String RATE = "100";

  public TrainingSettings {
    if (learningRateOfLimit == null) {
      learningRate = learningRate == null ? Double.valueOf(RATE) : learningRate;
      Check.positive("learning-rate", learningRate);
    } else {
      Check.positive("learning-rate-of-limit", learningRateOfLimit);
      if (learningRate != null) {
        throw new SettingException(
            "learning-rate-of-limit",
            "takes the place of learning-rate, got "
                + learningRateOfLimit
                + " and learning-rate "
                + learningRate);
      }
      if (optimizer.stabilityLimit(1).isEmpty()) {
        throw new SettingException(
            "learning-rate-of-limit",
            "needs optimizer sgd or momentum, whose stability limit is known, got "
                + Names.typeName(optimizer.getClass()));
      }
    }
    Check.between("batch-size", batchSize, 1, 1 << 22);
    Check.between("epochs", epochs, 0, 10_000_000);
    checkFreeze("freeze-grid-at", freezeGridAt, epochs);
    checkFreeze("freeze-network-at", freezeNetworkAt, epochs);
    Check.between("psnr-every", psnrEvery, 1, 10_000_000);
  }

  /** Plain descent at a constant rate. */
  public static TrainingSettings sgd(
      double learningRate, int batchSize, int epochs, int psnrEvery) {
    return of(new Optimizer.Sgd(), learningRate, Schedule.CONSTANT, batchSize, epochs, psnrEvery);
  }

  /** Everything else by default. */
  public static TrainingSettings of(
      Optimizer optimizer,
      double learningRate,
      Schedule schedule,
      int batchSize,
      int epochs,
      int psnrEvery) {
    return new TrainingSettings(
        optimizer, learningRate, null, schedule, batchSize, epochs, null, null, psnrEvery);
  }

  /**
   * These settings with their learning rate as a number.
   *
   * @param sgdLimit the limit of plain descent at this trial's initialisation; null when it is not
   *     known
   * @throws IllegalStateException when the learning rate is a share of a limit that is not known
   */
  public TrainingSettings resolved(@Nullable Double sgdLimit) {
    if (learningRateOfLimit == null) {
      return this;
    }
    OptionalDouble limit = sgdLimit == null ? OptionalDouble.empty() : stabilityLimit(sgdLimit);
    double rate =
        learningRateOfLimit
            * limit.orElseThrow(
                () ->
                    new IllegalStateException(
                        "learning-rate-of-limit "
                            + learningRateOfLimit
                            + " has no limit to refer to: the kernel at initialisation is zero, or the"
                            + " loss is not mse"));
    return new TrainingSettings(
        optimizer,
        rate,
        null,
        schedule,
        batchSize,
        epochs,
        freezeGridAt,
        freezeNetworkAt,
        psnrEvery);
  }

  /** {@link Optimizer#stabilityLimit} of these settings' rule. */
  public OptionalDouble stabilityLimit(double sgdLimit) {
    return optimizer.stabilityLimit(sgdLimit);
  }

  private static void checkFreeze(String key, @Nullable Integer epoch, int epochs) {
    if (epoch != null) {
      Check.between(key, epoch, 0, epochs);
    }
  }
}
