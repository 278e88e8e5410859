package io.eigensweep.signal;

import io.eigensweep.picture.Image;
import java.io.IOException;

/** A signal in memory: what a network learns. */
public sealed interface LoadedSignal permits LoadedPicture, LoadedSurface {

  /** SHA-256 of the file's bytes, or of the generated values, lower-case hex. */
  String sha256();

  /** d, the dimension of the coordinates. */
  int dimensions();

  /** C, values at each point. */
  int channels();

  /** A picture of it for people, three channels: the picture itself, or the shaded surface. */
  Image picture();

  /**
   * What a network is trained on.
   *
   * @param seed of the trial; a picture gives all its pixels whatever it is
   * @throws IOException when there is nothing to learn: a surface without an inside
   */
  TrainingSet trainingSet(long seed) throws IOException;
}
