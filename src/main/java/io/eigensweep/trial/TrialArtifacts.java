package io.eigensweep.trial;

import io.eigensweep.network.Parameters;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** Writes the files that a trial asks for beside its row. */
final class TrialArtifacts {
  private final ArtifactSink sink;
  private final Trial trial;

  TrialArtifacts(ArtifactSink sink, Trial trial) {
    this.sink = sink;
    this.trial = trial;
  }

  void write(Parameters parameters, Reconstruction reconstruction) throws IOException {
    for (Artifact artifact : trial.artifacts()) {
      switch (artifact) {
        case WEIGHTS -> save("weights.safetensors", Safetensors.write(parameters, trial));
        case RECONSTRUCTION -> {
          for (Map.Entry<String, byte[]> file : reconstruction.files().entrySet()) {
            save(file.getKey(), file.getValue());
          }
        }
      }
    }
  }

  private void save(String name, byte[] bytes) throws IOException {
    try (OutputStream out = sink.create(trial.id(), name)) {
      out.write(bytes);
    } catch (RuntimeException e) { // storage that is away is not the trial's fault
      throw new AttemptFailedException(Stage.ARTIFACTS, e);
    }
  }
}
