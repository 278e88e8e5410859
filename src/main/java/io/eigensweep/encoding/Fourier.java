package io.eigensweep.encoding;

import io.eigensweep.spec.Check;
import io.eigensweep.spec.Key;
import io.eigensweep.spec.TypeName;

/**
 * Fourier feature encoding with log-spaced frequencies: γ(x) = [x, sin(2^0 πx), cos(2^0 πx), …,
 * sin(2^(L-1) πx), cos(2^(L-1) πx)], e = d + 2dL. Within a frequency all d sines come before the d
 * cosines.
 *
 * @param levels the number L of frequencies
 */
@TypeName("fourier")
public record Fourier(
    @Key(meaning = "number of frequencies (fourier) or of grid levels (multigrid, hashgrid)")
        int levels)
    implements Encoding {
  public Fourier {
    Check.between("levels", levels, 1, 24);
  }

  @Override
  public int encodedDimension(int d) {
    return d + 2 * d * levels;
  }

  @Override
  public long parameterCount(int d) {
    return 0;
  }
}
