package io.eigensweep.network;

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
  };

  private static final double SINE_FREQUENCY = 30;

  /** σ(z). */
  public abstract double value(double z);

  /** σ'(z). */
  public abstract double derivative(double z);
}
