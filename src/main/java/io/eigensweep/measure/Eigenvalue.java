package io.eigensweep.measure;

import io.eigensweep.trial.TrialResult;

/**
 * A smallest eigenvalue: what is known of it takes four columns.
 *
 * @param value NULL when it is not resolved
 * @param lower lower bound
 * @param upper upper bound
 * @param resolved whether it is known; NULL where there is no such kernel
 */
public record Eigenvalue(
    Measure<TrialResult, Double> value,
    Measure<TrialResult, Double> lower,
    Measure<TrialResult, Double> upper,
    Measure<TrialResult, Boolean> resolved) {}
