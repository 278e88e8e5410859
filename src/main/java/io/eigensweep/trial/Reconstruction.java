package io.eigensweep.trial;

import io.eigensweep.trial.TrialResult.Quality;
import java.io.IOException;
import java.util.Map;

/** What a trained network made of the signal. */
sealed interface Reconstruction permits PictureReconstruction, SurfaceReconstruction {

  /** How good it is. */
  Quality quality();

  /** The files that show it, by name. */
  Map<String, byte[]> files() throws IOException;
}
