package io.eigensweep.training;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One point of a learning curve.
 *
 * @param epoch completed epochs; 0 is the initial network
 * @param loss mean over the epoch's batches of the loss before each step; at epoch 0 the loss of
 *     the initial network on the whole signal; null when it was not finite
 * @param psnr PSNR in dB of the network's output on the whole signal after the epoch, null where it
 *     was not computed
 * @param seconds training time since the start, kernels and evaluation not counted
 */
public record CurvePoint(int epoch, @Nullable Double loss, @Nullable Double psnr, double seconds)
    implements Serializable {}
