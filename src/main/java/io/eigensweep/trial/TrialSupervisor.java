package io.eigensweep.trial;

import io.eigensweep.network.Parameters;
import io.eigensweep.ntk.KernelProbe;
import io.eigensweep.training.Trainer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks after one running trial: ends it when its time is up or it is told to stop, saves its
 * training when that is due, and goes on from what an interrupted attempt has saved.
 */
final class TrialSupervisor {
  private final Trial trial;
  private final Conditions conditions;
  private final String circumstances;
  private final long start = System.nanoTime();
  private final Map<Integer, byte[]> measured = new TreeMap<>();
  private long lastSave = start;

  /**
   * @param circumstances what the bits depend on beside the trial: program, processor, library; the
   *     state of a training under others is not gone on from
   */
  TrialSupervisor(Trial trial, Conditions conditions, String circumstances) {
    this.trial = trial;
    this.conditions = conditions;
    this.circumstances = circumstances;
  }

  /**
   * Ends the trial if it must end.
   *
   * @throws TrialTimedOutException when it has taken too long
   * @throws TrialStoppedException when it is told to stop
   */
  void check() {
    Duration timeout = conditions.timeout();
    if (timeout != null && System.nanoTime() - start > timeout.toNanos()) {
      throw new TrialTimedOutException(timeout);
    }
    if (conditions.stop().getAsBoolean()) {
      throw new TrialStoppedException();
    }
  }

  /**
   * Brings {@code trainer} to the saved epoch, and {@code kernels} to what it had measured by then,
   * from the networks that it was measured on: both go on with the bits of an uninterrupted trial.
   */
  void resume(Trainer trainer, KernelProbe kernels) throws IOException {
    Optional<SavedTrial> saved = saved();
    if (saved.isEmpty()) {
      return;
    }
    for (Map.Entry<Integer, byte[]> network : saved.get().measured().entrySet()) {
      kernels.measure(network.getKey(), Safetensors.read(network.getValue()));
      check();
    }
    measured.putAll(saved.get().measured());
    trainer.resume(saved.get().training());
  }

  /** Remembers the network of which a kernel was measured. */
  void measured(int epoch, Parameters network) {
    if (conditions.saves() != null) {
      measured.put(epoch, Safetensors.write(network, trial));
    }
  }

  /** After each epoch: saves the training if it is time to, or before the trial stops. */
  void afterEpoch(Trainer trainer) throws IOException {
    boolean due = System.nanoTime() - lastSave >= conditions.saveEvery().toNanos();
    if (due || conditions.stop().getAsBoolean()) {
      save(trainer);
    }
    check();
  }

  private void save(Trainer trainer) throws IOException {
    TrialSaves saves = conditions.saves();
    if (saves != null) {
      saves.write(
          trial.id(),
          () -> new SavedTrial(trial.id(), circumstances, trainer.state(), measured).bytes());
      lastSave = System.nanoTime();
    }
  }

  private Optional<SavedTrial> saved() throws IOException {
    @Nullable TrialSaves saves = conditions.saves();
    return saves == null
        ? Optional.empty()
        : saves
            .read(trial.id())
            .flatMap(SavedTrial::read)
            .filter(saved -> saved.isOf(trial.id(), circumstances));
  }
}
