package io.eigensweep.training;

import io.eigensweep.spec.Check;
import io.eigensweep.spec.Key;
import java.io.Serializable;

/**
 * How a network is trained: loss = mean over batch and channels of (f − y)², a fresh shuffle each
 * epoch, float32.
 *
 * @param optimizer the update rule
 * @param learningRate η
 * @param batchSize samples per step; the last batch of an epoch may be smaller
 * @param epochs passes over the signal; 0 evaluates the network at its initialisation
 * @param psnrEvery epochs between two PSNR values of the learning curve
 */
public record TrainingSettings(
    @Key(meaning = "update rule", fallback = "sgd") Optimizer optimizer,
    @Key(meaning = "learning rate η", fallback = "100") double learningRate,
    @Key(meaning = "samples per step", fallback = "1024", unit = "samples") int batchSize,
    @Key(meaning = "passes over the signal", fallback = "300", unit = "epochs") int epochs,
    @Key(
            meaning = "epochs between two PSNR values of the learning curve",
            fallback = "10",
            unit = "epochs",
            identity = false)
        int psnrEvery)
    implements Serializable {
  public TrainingSettings {
    Check.positive("learning-rate", learningRate);
    Check.between("batch-size", batchSize, 1, 1 << 22);
    Check.between("epochs", epochs, 0, 10_000_000);
    Check.between("psnr-every", psnrEvery, 1, 10_000_000);
  }
}
