package io.eigensweep.spark;

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
 * comes from the predicted seconds of the ended trials, because the longest run first.
 */
final class Progress implements AutoCloseable {
  private final long trials;
  private final double predictedSeconds;
  private final Fates fates;
  private final PrintStream out;
  private final LongSupplier nanoTime;
  private final long start;
  private final @Nullable ProgressBar bar;
  private final ScheduledExecutorService ticker;

  Progress(long trials, double predictedSeconds, Fates fates, PrintStream out, boolean terminal) {
    this(trials, predictedSeconds, fates, out, terminal, System::nanoTime);
  }

  Progress(
      long trials,
      double predictedSeconds,
      Fates fates,
      PrintStream out,
      boolean terminal,
      LongSupplier nanoTime) {
    this.trials = trials;
    this.predictedSeconds = predictedSeconds;
    this.fates = fates;
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

  /** One line: done, failed, elapsed, remaining. */
  String line() {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "%d of %d trials done", fates.ended(), trials));
    if (fates.unsuccessful() > 0) {
      text.append(String.format(Locale.ROOT, ", %d failed", fates.unsuccessful()));
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
    bar.stepTo(fates.ended());
    bar.setExtraMessage(
        fates.unsuccessful() == 0
            ? ""
            : String.format(Locale.ROOT, "%d failed", fates.unsuccessful()));
  }

  private Duration elapsed() {
    return Duration.ofNanos(nanoTime.getAsLong() - start);
  }

  /** Empty before the first trial has ended. */
  private Optional<Duration> remaining() {
    double done = fates.predictedSeconds();
    if (!(done > 0) || fates.ended() >= trials) {
      return Optional.empty();
    }
    double seconds = elapsed().toMillis() / 1e3 * Math.max(0, predictedSeconds - done) / done;
    return Optional.of(Duration.ofSeconds(Math.round(seconds)));
  }

  private ProgressBar bar() {
    return new ProgressBarBuilder()
        .setTaskName("trials")
        .setInitialMax(trials)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(1000)
        .setConsumer(new ConsoleProgressBarConsumer(out))
        .setEtaFunction(state -> remaining())
        .build();
  }
}
