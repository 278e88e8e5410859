package io.eigensweep.network;

import org.apache.commons.numbers.gamma.Erfc;

/** The pointwise nonlinearity σ of the hidden layers, and its derivative. */
public enum Activation {
  /** max(z, 0), with derivative 0 at 0. */
  RELU {
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
      double a = StrictMath.tanh(z);
      return 1 - a * a;
    }
  },
  /** sin(30 z), as in SIREN (Sitzmann et al. 2020). */
  SINE {
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

  /** The largest |σ'|: the most by which a rounding error grows when it passes σ. */
  public double steepest() {
    return switch (this) {
      case RELU, TANH, SOFTPLUS -> 1;
      case SINE -> SINE_FREQUENCY;
      case GELU -> derivative(Math.sqrt(2)); // where σ'' = φ(z)(2 − z²) vanishes
    };
  }

  /** σ(z). */
  public abstract double value(double z);

  /** σ'(z). */
  public abstract double derivative(double z);
}
