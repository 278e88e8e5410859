package io.eigensweep.training;

import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.RandomStream;
import io.eigensweep.metric.Loss;
import io.eigensweep.metric.Psnr;
import io.eigensweep.network.NetworkSettings;
import io.eigensweep.network.Parameters;
import io.eigensweep.network.Part;
import io.eigensweep.network.TrainableNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Minibatch training in float32: loss = mean over batch and channels of (f − y)² (or of another
 * {@link Loss} that the samples ask for), a fresh shuffle each epoch from the stream {@code
 * shuffle} of the seed.
 */
public final class Trainer {
  /** A loss this many times the initial one (or 1, if that is larger) counts as exploded. */
  private static final double EXPLOSION = 1e6;

  private final TrainingSettings settings;
  private final Samples samples;
  private final double learningRate;
  private final int batchSize;
  private final TrainableNetwork network;
  private final UpdateRule rule;
  private final int stepsPerEpoch;
  private final long plannedSteps;
  private final RandomStream shuffle;
  private final int[] order;
  private final float[] gradient;
  private final List<CurvePoint> curve = new ArrayList<>();
  private final double initialLoss;
  private int epoch;
  private long steps;
  private long nanos;
  private boolean diverged;

  /**
   * Starts at {@code initial}; the curve gets its point at epoch 0.
   *
   * @param settings with the learning rate as a number
   * @param seed of the shuffles
   */
  public Trainer(
      TrainingSettings settings,
      NetworkSettings networkSettings,
      Parameters initial,
      Samples samples,
      long seed,
      Blas blas) {
    this.settings = settings;
    this.learningRate =
        Objects.requireNonNull(settings.learningRate(), "a learning rate that is resolved");
    this.samples = samples;
    this.batchSize = Math.min(settings.batchSize(), samples.points().count());
    this.network =
        new TrainableNetwork(networkSettings, initial, samples.points(), batchSize, blas);
    this.rule = UpdateRule.of(settings, network);
    this.stepsPerEpoch = (samples.points().count() + batchSize - 1) / batchSize;
    this.plannedSteps = (long) stepsPerEpoch * settings.epochs();
    this.shuffle = RandomStream.of("shuffle", seed);
    this.order = identityOrder(samples.points().count());
    this.gradient = new float[network.chunkSize() * samples.channels()];
    float[] output = outputs();
    this.initialLoss = meanLoss(output);
    curve.add(new CurvePoint(0, finite(initialLoss), psnr(output), 0));
  }

  /** Completed epochs. */
  public int epoch() {
    return epoch;
  }

  /** Whether the loss became non-finite or exploded; further epochs make no sense then. */
  public boolean diverged() {
    return diverged;
  }

  /**
   * The time t of the gradient flow dθ/dt = −∇loss that the steps so far stand for: the sum of
   * their learning rates, over 1 − μ with momentum; not known for Adam, whose steps do not scale
   * with the gradient.
   */
  public OptionalDouble flowTime() {
    return settings
        .optimizer()
        .flowTime(settings.schedule().sum(learningRate, steps, plannedSteps));
  }

  /** Seconds spent in training steps. */
  public double seconds() {
    return nanos * 1e-9;
  }

  /** The learning curve so far. */
  public List<CurvePoint> curve() {
    return List.copyOf(curve);
  }

  /** The network's numbers, as a copy. */
  public Parameters parameters() {
    return network.parameters();
  }

  /**
   * Everything that the coming epochs depend on, between two epochs. The arrays are the trainer's
   * own, which the next epoch changes: the state is to be written before it.
   */
  public TrainerState state() {
    return new TrainerState(epoch, nanos, shuffle.position(), order, live(), curve);
  }

  /**
   * Goes on where {@code state} was taken, from a trainer of the same trial: the same bits follow
   * as if it had never stopped.
   *
   * @throws IllegalArgumentException when it is the state of another trial
   */
  public void resume(TrainerState state) {
    Map<String, float[]> live = live();
    if (!state.fits(order.length, live)) {
      throw new IllegalArgumentException("the saved training is of another network");
    }
    live.forEach((name, values) -> state.restore(name, values));
    System.arraycopy(state.order(), 0, order, 0, order.length);
    shuffle.seek(state.shuffle());
    curve.clear();
    curve.addAll(state.curve());
    epoch = state.epoch();
    steps = (long) epoch * stepsPerEpoch;
    nanos = state.nanos();
  }

  /** The arrays that steps change and the next step depends on. */
  private Map<String, float[]> live() {
    Map<String, float[]> live = network.state();
    rule.putState(live);
    return live;
  }

  /** One pass over the samples in a new random order, and its point of the curve. */
  public void runEpoch() {
    freeze(settings.freezeGridAt(), Part.GRID);
    freeze(settings.freezeNetworkAt(), Part.NETWORK);
    long start = System.nanoTime();
    shuffle.shuffle(order);
    double loss = descendInOrder(order);
    nanos += System.nanoTime() - start;
    epoch++;
    diverged = !(loss <= EXPLOSION * Math.max(1, initialLoss));
    boolean evaluate =
        !diverged && (epoch % settings.psnrEvery() == 0 || epoch == settings.epochs());
    curve.add(new CurvePoint(epoch, finite(loss), evaluate ? psnr(outputs()) : null, seconds()));
  }

  private void freeze(@Nullable Integer from, Part part) {
    if (from != null && epoch >= from) {
      network.freeze(part);
    }
  }

  /** Steps through {@code order} in batches; the mean of the samples' losses before each step. */
  double descendInOrder(int[] order) {
    double sum = 0;
    for (int from = 0; from < order.length; from += batchSize) {
      int count = Math.min(batchSize, order.length - from);
      sum += step(order, from, count) * count;
    }
    return sum / order.length;
  }

  /** One step on the samples order[from] …; the batch's loss before it. */
  double step(int[] order, int from, int count) {
    double rate = settings.schedule().rate(learningRate, steps, plannedSteps);
    double sum = 0;
    for (int start = 0; start < count; start += network.chunkSize()) {
      int chunk = Math.min(network.chunkSize(), count - start);
      float[] output = network.forward(order, from + start, chunk);
      sum += residuals(output, order, from + start, chunk, count);
      network.accumulate(chunk, gradient, rule.gradientFactor(rate));
    }
    steps++;
    rule.apply(network, order, from, rate, steps);
    return sum / ((double) count * samples.channels());
  }

  /** Fills the chunk's ∂loss/∂f = 2(f − y)/(batch·C) and returns its Σ (f − y)². */
  private double residuals(float[] output, int[] order, int from, int chunk, int batch) {
    int channels = samples.channels();
    if (samples.loss() != Loss.MSE) {
      return slopes(output, order, from, chunk, batch);
    }
    float factor = 2f / (batch * channels);
    float[] targets = samples.targets();
    double sum = 0;
    for (int i = 0; i < chunk; i++) {
      int target = order[from + i] * channels;
      for (int c = 0; c < channels; c++) {
        float residual = output[i * channels + c] - targets[target + c];
        gradient[i * channels + c] = factor * residual;
        sum += (double) residual * residual;
      }
    }
    return sum;
  }

  /** Fills the chunk's ∂loss/∂f for any loss and returns its Σ loss. */
  private double slopes(float[] output, int[] order, int from, int chunk, int batch) {
    int channels = samples.channels();
    double factor = 1.0 / (batch * channels);
    double sum = 0;
    for (int i = 0; i < chunk * channels; i++) {
      float target = samples.targets()[order[from + i / channels] * channels + i % channels];
      gradient[i] = (float) (factor * samples.loss().slope(output[i], target));
      sum += samples.loss().value(output[i], target);
    }
    return sum;
  }

  /** f on every sample, N × C, in the samples' order. */
  public float[] outputs() {
    int[] all = identityOrder(samples.points().count());
    float[] outputs = new float[samples.targets().length];
    int channels = samples.channels();
    for (int from = 0; from < all.length; from += network.chunkSize()) {
      int count = Math.min(network.chunkSize(), all.length - from);
      float[] chunk = network.forward(all, from, count);
      System.arraycopy(chunk, 0, outputs, from * channels, count * channels);
    }
    return outputs;
  }

  private double meanLoss(float[] outputs) {
    boolean squared = samples.loss() == Loss.MSE;
    double sum = 0;
    for (int i = 0; i < outputs.length; i++) {
      float target = samples.targets()[i];
      // The residual is float32, as a step has it.
      double residual = outputs[i] - target;
      sum += squared ? residual * residual : samples.loss().value(outputs[i], target);
    }
    return sum / outputs.length;
  }

  private @Nullable Double psnr(float[] outputs) {
    return finite(
        Psnr.decibels(samples.targets(), predictions(outputs), samples.low(), samples.high()));
  }

  private float[] predictions(float[] outputs) {
    if (samples.loss() == Loss.MSE) {
      return outputs;
    }
    float[] predictions = new float[outputs.length];
    for (int i = 0; i < outputs.length; i++) {
      predictions[i] = (float) samples.loss().prediction(outputs[i]);
    }
    return predictions;
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private static int[] identityOrder(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    return order;
  }
}
