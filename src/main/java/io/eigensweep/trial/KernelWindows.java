package io.eigensweep.trial;

import io.eigensweep.linalg.RandomStream;
import io.eigensweep.ntk.KernelPoints;
import io.eigensweep.ntk.KernelSample;
import io.eigensweep.signal.LoadedPicture;
import io.eigensweep.signal.LoadedSignal;
import io.eigensweep.signal.PixelGrid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Windows of neighbouring training points, spread over a signal by the stream ntk/windows. */
final class KernelWindows {
  private KernelWindows() {}

  /**
   * Windows of at most {@code count} points.
   *
   * @param training every training point
   * @param windows how many at most; fewer where there are no more places
   */
  static List<KernelPoints.Window> of(
      LoadedSignal signal, KernelSample training, int count, int windows, long seed) {
    RandomStream random = RandomStream.of("ntk/windows", seed);
    return signal instanceof LoadedPicture picture
        ? ofPicture(picture.trainedWidth(), picture.trainedHeight(), count, windows, random)
        : ofPoints(training, count, windows, random);
  }

  /**
   * Windows of k × k pixels, k = min(⌊√count⌋, width, height): one in each cell of a grid of m × m
   * cells, m = ⌈√windows⌉, in random order and at a random place of its cell.
   */
  private static List<KernelPoints.Window> ofPicture(
      int width, int height, int count, int windows, RandomStream random) {
    int side = Math.min((int) Math.sqrt(count), Math.min(width, height));
    int m = (int) Math.ceil(Math.sqrt(windows));
    int[] cells = IntStream.range(0, m * m).toArray();
    random.shuffle(cells);
    List<int[]> corners = new ArrayList<>();
    for (int cell : Arrays.copyOf(cells, windows)) {
      int column = within(cell % m, m, width - side, random);
      int row = within(cell / m, m, height - side, random);
      if (corners.stream().noneMatch(other -> Arrays.equals(other, new int[] {column, row}))) {
        corners.add(new int[] {column, row});
      }
    }
    List<KernelPoints.Window> found = new ArrayList<>();
    for (int[] corner : corners) {
      String place =
          String.format(
              Locale.ROOT,
              "%d of %d, from pixel (%d, %d)",
              found.size() + 1,
              corners.size(),
              corner[0],
              corner[1]);
      found.add(
          new KernelPoints.Window(
              place, side, PixelGrid.window(width, corner[0], corner[1], side)));
    }
    return found;
  }

  /** A whole number of the cell's part of 0 … {@code most}. */
  private static int within(int cell, int cells, int most, RandomStream random) {
    return (int) Math.min(most, Math.floor((cell + random.nextDouble()) * (most + 1) / cells));
  }

  /** The points that are nearest to points drawn without replacement. */
  private static List<KernelPoints.Window> ofPoints(
      KernelSample training, int count, int windows, RandomStream random) {
    int all = training.points().count();
    int size = Math.min(count, all);
    int[] centres = IntStream.range(0, all).toArray();
    random.shuffle(centres);
    int used = size == all ? 1 : Math.min(windows, all);
    List<KernelPoints.Window> found = new ArrayList<>();
    for (int window = 0; window < used; window++) {
      String place =
          String.format(
              Locale.ROOT, "%d of %d, around point %d", window + 1, used, centres[window]);
      found.add(new KernelPoints.Window(place, 0, nearest(training, centres[window], size)));
    }
    return found;
  }

  private static int[] nearest(KernelSample training, int centre, int size) {
    double[] distances = new double[training.points().count()];
    for (int i = 0; i < distances.length; i++) {
      for (int axis = 0; axis < training.dimensions(); axis++) {
        double difference = training.coordinate(i, axis) - training.coordinate(centre, axis);
        distances[i] += difference * difference;
      }
    }
    double[] sorted = distances.clone();
    Arrays.sort(sorted);
    double farthest = sorted[size - 1];
    int ties = size - (int) Arrays.stream(distances).filter(one -> one < farthest).count();
    int[] chosen = new int[size];
    int found = 0;
    for (int i = 0; i < distances.length; i++) {
      if (distances[i] < farthest || (distances[i] == farthest && ties-- > 0)) {
        chosen[found++] = i;
      }
    }
    return chosen;
  }
}
