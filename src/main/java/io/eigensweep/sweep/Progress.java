package io.eigensweep.sweep;

import io.eigensweep.plan.Quantity;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far a sweep is: a bar on a terminal, a line a minute elsewhere. The remaining time
 * comes from the predicted seconds of what is left, corrected by how long the ended trials took.
 */
final class Progress implements AutoCloseable {
  private final TrialCounters counters;
  private final RunningTrials running;
  private final PrintStream out;
  private final LongSupplier nanoTime;
  private final long start;
  private final @Nullable ProgressBar bar;
  private final ScheduledExecutorService ticker;

  Progress(TrialCounters counters, RunningTrials running, PrintStream out, boolean terminal) {
    this(counters, running, out, terminal, System::nanoTime);
  }

  Progress(
      TrialCounters counters,
      RunningTrials running,
      PrintStream out,
      boolean terminal,
      LongSupplier nanoTime) {
    this.counters = counters;
    this.running = running;
    this.out = out;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
    this.bar = terminal ? bar() : null;
    this.ticker =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "progress");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Begins to show. */
  void start() {
    long seconds = bar == null ? 60 : 1;
    // The future is not kept: close() ends the ticker.
    var unused = ticker.scheduleAtFixedRate(this::show, seconds, seconds, TimeUnit.SECONDS);
  }

  /** Says something beside the progress. */
  synchronized void say(String line) {
    out.println(bar == null ? line : System.lineSeparator() + line);
  }

  /** One line: done, running, failed, elapsed, remaining. */
  String line() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(Locale.ROOT, "%d of %d trials done", counters.ended(), counters.trials()));
    if (!running.now().isEmpty()) {
      text.append(String.format(Locale.ROOT, ", %d running", running.now().size()));
    }
    if (counters.unsuccessful() > 0) {
      text.append(String.format(Locale.ROOT, ", %d failed", counters.unsuccessful()));
    }
    text.append(", ").append(Quantity.duration(elapsed().toMillis() / 1e3)).append(" elapsed");
    remaining()
        .ifPresent(
            eta ->
                text.append(", about ")
                    .append(Quantity.duration((double) eta.toSeconds()))
                    .append(" to go"));
    return text.toString();
  }

  @Override
  public void close() {
    ticker.shutdownNow();
    if (bar != null) {
      show();
      bar.close();
    }
  }

  private void show() {
    if (bar == null) {
      out.println(line());
      return;
    }
    bar.stepTo(counters.ended());
    bar.setExtraMessage(
        String.format(Locale.ROOT, "%d running", running.now().size())
            + (counters.unsuccessful() == 0
                ? ""
                : String.format(Locale.ROOT, ", %d failed", counters.unsuccessful())));
  }

  private Duration elapsed() {
    return Duration.ofNanos(nanoTime.getAsLong() - start);
  }

  /**
   * The work that is left, as slow as the ended trials were, spread over the cores; but at least
   * what the running trial with most left needs. Before one has ended, as predicted; empty when all
   * have, or no core is known yet.
   */
  private Optional<Duration> remaining() {
    if (counters.ended() >= counters.trials() || running.slots() == 0) {
      return Optional.empty();
    }
    double left = counters.predictedLeft() * counters.slowness();
    double longest = 0;
    for (RunningTrials.Running task : running.now()) {
      double expected = running.expectedSeconds(task.trial()) * counters.slowness();
      double elapsed = (nanoTime.getAsLong() - task.startNanos()) * 1e-9;
      left -= Math.min(elapsed, expected);
      longest = Math.max(longest, expected - elapsed);
    }
    double seconds = Math.max(left / running.slots(), longest);
    return Optional.of(Duration.ofSeconds(Math.round(Math.max(0, seconds))));
  }

  private ProgressBar bar() {
    return new ProgressBarBuilder()
        .setTaskName("trials")
        .setInitialMax(counters.trials())
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(1000)
        .setConsumer(new ConsoleProgressBarConsumer(out))
        .setEtaFunction(state -> remaining())
        .build();
  }
}
