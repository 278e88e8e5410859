package io.eigensweep.trial;

import io.eigensweep.network.Parameters;
import io.eigensweep.signal.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.ImageIO;

/** Writes the files that a trial asks for beside its row. */
final class TrialArtifacts {
  private final ArtifactSink sink;
  private final Trial trial;

  TrialArtifacts(ArtifactSink sink, Trial trial) {
    this.sink = sink;
    this.trial = trial;
  }

  void write(Parameters parameters, Image image, float[] outputs) throws IOException {
    for (Artifact artifact : trial.artifacts()) {
      switch (artifact) {
        case WEIGHTS -> save("weights.safetensors", Safetensors.write(parameters, trial));
        case RECONSTRUCTION -> save("reconstruction.png", png(image, outputs));
      }
    }
  }

  private void save(String name, byte[] bytes) throws IOException {
    try (OutputStream out = sink.create(trial.id(), name)) {
      out.write(bytes);
    }
  }

  /** The outputs as 8-bit sRGB, clamped to [0,1] and rounded to the nearest level. */
  private static byte[] png(Image image, float[] outputs) throws IOException {
    int width = image.width();
    int channels = image.channels();
    BufferedImage picture = new BufferedImage(width, image.height(), BufferedImage.TYPE_INT_RGB);
    for (int pixel = 0; pixel < image.pixels(); pixel++) {
      int rgb = 0;
      for (int c = 0; c < 3; c++) {
        float value = outputs[pixel * channels + Math.min(c, channels - 1)];
        rgb = rgb << 8 | Math.round(255 * Math.min(Math.max(value, 0f), 1f));
      }
      picture.setRGB(pixel % width, pixel / width, rgb);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(picture, "png", bytes)) {
      throw new IOException("this JVM has no PNG writer");
    }
    return bytes.toByteArray();
  }
}
