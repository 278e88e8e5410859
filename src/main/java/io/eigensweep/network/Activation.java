package io.eigensweep.network;

import org.apache.commons.numbers.gamma.Erfc;

/** The pointwise nonlinearity σ of the hidden layers, and its derivative. */
public enum Activation {
  /** max(z, 0), with derivative 0 at 0. */
  RELU {
    @Override
    public double curvature(double z, double value, double slope) {
      return 0;
    }

    @Override
    public double value(double z) {
      return z > 0 ? z : 0;
    }

    @Override
    public double derivative(double z) {
      return z > 0 ? 1 : 0;
    }
  },
  TANH {
    @Override
    public double value(double z) {
      return StrictMath.tanh(z);
    }

    @Override
    public double derivative(double z) {
      // 1/cosh²(z) from e^(−2|z|): 1 − tanh² would lose its digits where tanh is nearly 1.
      double tail = StrictMath.exp(-2 * Math.abs(z));
      return 4 * tail / ((1 + tail) * (1 + tail));
    }

    @Override
    public double curvature(double z, double value, double slope) {
      return -2 * value * slope;
    }
  },
  /** sin(30 z), as in SIREN (Sitzmann et al. 2020). */
  SINE {
    @Override
    public double curvature(double z, double value, double slope) {
      return -SINE_FREQUENCY * SINE_FREQUENCY * value;
    }

    @Override
    public double value(double z) {
      return StrictMath.sin(SINE_FREQUENCY * z);
    }

    @Override
    public double derivative(double z) {
      return SINE_FREQUENCY * StrictMath.cos(SINE_FREQUENCY * z);
    }
  },
  /** z·Φ(z), Φ of the standard normal distribution: the exact form (Hendrycks and Gimpel 2016). */
  GELU {
    @Override
    public double curvature(double z, double value, double slope) {
      return StrictMath.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI) * (2 - z * z);
    }

    @Override
    public double value(double z) {
      return z * normalCumulative(z);
    }

    @Override
    public double derivative(double z) {
      return normalCumulative(z) + z * StrictMath.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
    }
  },
  /** ln(1 + e^z); its derivative is the logistic function. */
  SOFTPLUS {
    @Override
    public double curvature(double z, double value, double slope) {
      return slope * (1 - slope);
    }

    @Override
    public double value(double z) {
      return Math.max(z, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(z)));
    }

    @Override
    public double derivative(double z) {
      double tail = StrictMath.exp(-Math.abs(z));
      return (z < 0 ? tail : 1) / (1 + tail);
    }
  };

  private static final double SINE_FREQUENCY = 30;

  /** Φ(z), from erfc, which keeps its digits in the lower tail. */
  private static double normalCumulative(double z) {
    return 0.5 * Erfc.value(-z / Math.sqrt(2));
  }

  /** σ(z). */
  public abstract double value(double z);

  /** σ'(z). */
  public abstract double derivative(double z);

  /** σ''(z), 0 for {@link #RELU}, from z, σ(z) and σ'(z): how fast an error of z grows in σ'(z). */
  public abstract double curvature(double z, double value, double slope);
}
