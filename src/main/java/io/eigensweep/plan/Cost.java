package io.eigensweep.plan;

import java.io.Serializable;

/**
 * What a trial is expected to cost.
 *
 * @param flops necessary floating-point operations: training, kernels, evaluation
 * @param seconds of one core
 * @param memoryBytes the trial's own peak, heap and native together, without the JVM
 */
public record Cost(long flops, double seconds, long memoryBytes) implements Serializable {}
