package io.eigensweep.plan;

import io.eigensweep.trial.Trial;

/**
 * What a committed trial took.
 *
 * @param trial which ran to its end
 * @param trainSeconds in training steps
 * @param ntkSeconds in kernels and spectra
 * @param wallSeconds from start to end
 */
public record Observation(
    Trial trial, double trainSeconds, double ntkSeconds, double wallSeconds) {}
