package io.eigensweep.settings;

import org.jspecify.annotations.Nullable;

/**
 * A block of hyperparameters that a job may also write as a single scalar, which its static {@code
 * parse(String)} reads. The canonical JSON has the scalar where there is one, so that a key which
 * becomes a block keeps the ids of the trials that don't use the new fields.
 */
public interface Shorthand {

  /** The scalar that stands for this block, null when there is none. */
  @Nullable String shorthand();
}
