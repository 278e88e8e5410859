package io.eigensweep.report;

import io.eigensweep.metric.RadialError;
import io.eigensweep.network.Parameters;
import io.eigensweep.picture.Image;
import io.eigensweep.report.Gallery.Shot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the gallery shows of one trial, from its files. Whatever a trial leaves that can be drawn
 * becomes one more {@link Shot} in the list: the page shows them in their order and knows nothing
 * of what they are.
 */
public final class PictureCard {
  private final Thumbnails thumbnails;
  private final List<Shot> shots = new ArrayList<>();
  private List<Double> frequencies = List.of();
  private List<Double> error = List.of();

  /** An empty card with thumbnails of at most {@code side} pixels. */
  public PictureCard(int side) {
    this.thumbnails = new Thumbnails(side);
  }

  /** The picture itself, with {@code caption}. */
  public static Shot original(Image image, int side) throws IOException {
    String size = String.format(Locale.ROOT, "%d × %d pixels", image.width(), image.height());
    return new Shot("Original", new Thumbnails(side).of(image), size, null);
  }

  /**
   * Adds the reconstruction in {@code png}, and its error where the {@code original} is known and
   * of the same shape.
   */
  public void addReconstruction(byte[] png, @Nullable Image original) throws IOException {
    Image output = Thumbnails.read(png);
    shots.add(new Shot("Reconstruction", thumbnails.of(output), "", "reconstruction.png"));
    if (original == null
        || original.channels() != 3
        || original.width() != output.width()
        || original.height() != output.height()) {
      return;
    }
    shots.add(
        new Shot(
            "Error",
            thumbnails.error(original, output),
            String.format(
                Locale.ROOT,
                "mean difference of the channels, black 0 to white %.1f of the full range",
                Thumbnails.FULL_ERROR),
            null));
    RadialError radial =
        RadialError.of(original.values(), output.values(), original.height(), original.width(), 3);
    frequencies = Arrays.stream(radial.frequencies()).boxed().toList();
    error = Arrays.stream(radial.error()).boxed().toList();
  }

  /** Adds the learned grids of {@code parameters}, one picture for each square level. */
  public void addGrids(Parameters parameters) throws IOException {
    for (int level = 0; level < parameters.grids().size(); level++) {
      var grid = parameters.grids().get(level);
      int nodes = (int) Math.round(Math.sqrt(grid.numRows));
      if (nodes * nodes == grid.numRows) {
        shots.add(
            new Shot(
                "Grid level " + level,
                thumbnails.grid(grid),
                String.format(
                    Locale.ROOT,
                    "%d × %d nodes, features side by side, blue negative, orange positive",
                    nodes,
                    nodes),
                "weights.safetensors"));
      }
    }
  }

  /** The card of trial {@code trialId}. */
  public Gallery.TrialShots of(
      String setting, String trialId, @Nullable Double psnr, @Nullable Double msSsim) {
    return new Gallery.TrialShots(
        setting, trialId, psnr, msSsim, List.copyOf(shots), frequencies, error);
  }
}
