package io.eigensweep.plan;

import io.eigensweep.trial.Trial;
import io.eigensweep.trial.TrialId;
import java.io.Serializable;

/**
 * A trial in the order in which it will run.
 *
 * @param trial what will run
 * @param id its identity
 * @param cost what it is expected to cost
 */
public record PlannedTrial(Trial trial, TrialId id, Cost cost) implements Serializable {}
