package io.eigensweep.signal;

/** What keys mean that sources of pictures and the pictures themselves have. */
final class PictureKeys {
  static final String SIZE =
      "side of the resampled centre square; absent keeps the picture as it is";
  static final String COORDINATES = "where in [0,1] a pixel lies";
  static final String HOLD_OUT =
      "whether only every other pixel of every other row is trained on; the others are"
          + " held out to judge what lies between";

  private PictureKeys() {}
}
