package io.eigensweep.encoding;

import io.eigensweep.settings.TypeName;

/** γ(x) = x: the plain coordinate network, the paper's baseline. */
@TypeName("identity")
public record Identity() implements Encoding {
  @Override
  public int encodedDimension(int d) {
    return d;
  }

  @Override
  public long parameterCount(int d) {
    return 0;
  }
}
