package io.eigensweep.linalg;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.commons.rng.RestorableUniformRandomProvider;
import org.apache.commons.rng.core.RandomProviderDefaultState;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;

/**
 * A named random stream: its numbers depend on the trial's seed and the stream's name alone, so
 * that trials which differ in learning rate start from the same weights, and adding a layer does
 * not shift the numbers of the others.
 *
 * <p>The generator is xoshiro256++ (Blackman and Vigna 2019), seeded with SHA-256 of name and seed;
 * Gaussians come from the ziggurat. Both are commons-rng's and don't change with the JDK.
 */
public final class RandomStream {
  private final RestorableUniformRandomProvider generator;
  private final SharedStateContinuousSampler gaussian;

  private RandomStream(RestorableUniformRandomProvider generator) {
    this.generator = generator;
    this.gaussian = ZigguratSampler.NormalizedGaussian.of(generator);
  }

  /** The stream {@code name} (for example {@code init/weight.0}) of {@code seed}. */
  public static RandomStream of(String name, long seed) {
    byte[] hash = sha256(("eigensweep/" + name + "/" + seed).getBytes(StandardCharsets.UTF_8));
    long[] state = new long[4];
    ByteBuffer.wrap(hash).asLongBuffer().get(state);
    return new RandomStream(RandomSource.XO_SHI_RO_256_PP.create(state));
  }

  /** The next number from N(0, 1). */
  public double nextGaussian() {
    return gaussian.sample();
  }

  /** The next number from the uniform distribution on [0, 1). */
  public double nextDouble() {
    return generator.nextDouble();
  }

  /** Shuffles {@code entries} in place (Fisher and Yates). */
  public void shuffle(int[] entries) {
    PermutationSampler.shuffle(generator, entries);
  }

  /** Where the stream is, to be continued by {@link #seek} in a stream of any name. */
  public byte[] position() {
    return ((RandomProviderDefaultState) generator.saveState()).getState();
  }

  /** Continues at a {@link #position}. */
  public void seek(byte[] position) {
    generator.restoreState(new RandomProviderDefaultState(position));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
