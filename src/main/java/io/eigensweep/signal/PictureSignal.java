package io.eigensweep.signal;

import org.jspecify.annotations.Nullable;

/** A {@link Signal} that is a picture. */
public sealed interface PictureSignal
    permits Signal.ImagenetPicture, Signal.ImageFile, Signal.GeneratedImage {

  /** Side of the resampled centre square in pixels, or null. */
  @Nullable Integer size();

  Coordinates coordinates();

  /** Whether only the pixels of {@link PixelGrid#trained} are trained on. */
  boolean holdOut();
}
