package io.eigensweep.verify;

import io.eigensweep.network.Parameters;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Computes one trial here; every row by column, as it would be read back from a sweep. */
public interface Repeats {

  /** The trial as it is. */
  Map<String, @Nullable Object> row();

  /** The trained network of {@link #row}, null when it was not reached. */
  @Nullable Parameters trained();

  /** The trial from initial numbers that are moved by a unit in their last place. */
  Map<String, @Nullable Object> moved(long seed);

  /** What the row would say if {@code trained} had come out of the training. */
  Map<String, @Nullable Object> evaluated(Parameters trained);

  /** What the row would say, its kernels left out, if {@code trained} had come out. */
  Map<String, @Nullable Object> judged(Parameters trained);
}
