package io.eigensweep.encoding;

import io.eigensweep.linalg.RandomStream;
import io.eigensweep.settings.Check;
import io.eigensweep.settings.Key;
import io.eigensweep.settings.SettingException;
import io.eigensweep.settings.TypeName;
import org.jspecify.annotations.Nullable;

/**
 * Fourier feature encoding: γ(x) = [x, sin(2πB_0 x), cos(2πB_0 x), …, sin(2πB_(L-1) x),
 * cos(2πB_(L-1) x)], e = d + 2dL. B_l has d frequency vectors as its rows, in cycles per side of
 * the unit cube; within a level all d sines come before the d cosines.
 *
 * <p>Log-spaced frequencies have B_l = 2^(l-1) I, so that the features are sin and cos of 2^l πx.
 * Gaussian ones (Tancik et al. 2020) have every entry of every B_l from N(0, σ²): L levels are dL
 * random vectors, and the encoded dimension is that of L log-spaced levels.
 *
 * @param levels the number L of levels, d frequency vectors each
 * @param frequencies how they are chosen
 * @param sigma σ of {@link Frequencies#GAUSSIAN}, 10 when absent; null with the other
 */
@TypeName("fourier")
public record Fourier(
    @Key(meaning = "number of frequencies (fourier) or of grid levels (multigrid, hashgrid)")
        int levels,
    @Key(
            meaning = "how the frequencies of a fourier encoding are chosen",
            fallback = "log",
            omitDefault = true)
        Frequencies frequencies,
    @Key(
            meaning = "standard deviation σ of the entries of Gaussian frequency vectors",
            unit = "cycles per side",
            optional = true,
            fallback = Fourier.SIGMA)
        @Nullable Double sigma)
    implements Encoding {
  static final String SIGMA = "10";
  private static final double LARGEST_SIGMA = 1e6;

  public Fourier {
    Check.between("levels", levels, 1, 24);
    if (frequencies == Frequencies.GAUSSIAN) {
      sigma = sigma == null ? Double.valueOf(SIGMA) : sigma;
      Check.positive("sigma", sigma);
      if (sigma > LARGEST_SIGMA) {
        throw new SettingException("sigma", "must be at most 1000000, got " + sigma);
      }
    } else if (sigma != null) {
      throw new SettingException(
          "sigma", "belongs to frequencies gaussian, got " + sigma + " with frequencies log");
    }
  }

  /** Log-spaced frequencies. */
  public Fourier(int levels) {
    this(levels, Frequencies.LOG, null);
  }

  /** Random frequencies of standard deviation {@code sigma}. */
  public static Fourier gaussian(int levels, double sigma) {
    return new Fourier(levels, Frequencies.GAUSSIAN, sigma);
  }

  @Override
  public int encodedDimension(int d) {
    return d + 2 * d * levels;
  }

  @Override
  public long parameterCount(int d) {
    return 0;
  }

  /**
   * The frequency vectors of all levels, dL × d, row-major, in cycles per side. Random ones are σ
   * times the numbers of the stream {@code init/fourier} of {@code seed}: settings of another σ
   * share their directions, and more levels extend those of fewer.
   */
  double[] vectors(int d, long seed) {
    double[] vectors = new double[levels * d * d];
    Double deviation = sigma;
    if (deviation == null) {
      for (int row = 0; row < levels * d; row++) {
        vectors[row * d + row % d] = Math.scalb(0.5, row / d);
      }
      return vectors;
    }
    RandomStream random = RandomStream.of("init/fourier", seed);
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = deviation * random.nextGaussian();
    }
    return vectors;
  }
}
