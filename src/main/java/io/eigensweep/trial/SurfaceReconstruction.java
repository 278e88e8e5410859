package io.eigensweep.trial;

import io.eigensweep.linalg.Blas;
import io.eigensweep.mesh.MarchingCubes;
import io.eigensweep.mesh.PlyWriter;
import io.eigensweep.mesh.ShadedPicture;
import io.eigensweep.mesh.SurfaceTree;
import io.eigensweep.mesh.TriangleMesh;
import io.eigensweep.metric.Overlap;
import io.eigensweep.metric.Psnr;
import io.eigensweep.metric.SurfaceDistance;
import io.eigensweep.network.Parameters;
import io.eigensweep.picture.Png;
import io.eigensweep.signal.LoadedSurface;
import io.eigensweep.signal.Signal;
import io.eigensweep.signal.SurfacePoints;
import io.eigensweep.trial.TrialResult.Quality;
import io.eigensweep.trial.TrialResult.SurfaceQuality;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A surface, the one that the network's field has, and how far they are apart. The field is
 * evaluated in float64, at held-out points and on the lattice of the marching cubes.
 *
 * @param original the mesh in the cube
 * @param extracted the field's surface
 * @param quality how good it is
 */
record SurfaceReconstruction(TriangleMesh original, TriangleMesh extracted, Quality quality)
    implements Reconstruction {
  /** Points that go through the network at a time. */
  private static final int CHUNK = 4096;

  static SurfaceReconstruction of(
      LoadedSurface surface, Trial trial, Parameters parameters, Blas blas) throws IOException {
    Signal.MeshFile signal = surface.signal();
    Field field = new Field(trial, parameters, blas);
    SurfacePoints uniform = surface.heldOutUniform(trial.seed());
    SurfacePoints near = surface.heldOutNear(trial.seed());
    float[] outputs = field.at(uniform.points());
    TriangleMesh extracted = extract(signal, field);
    SurfaceDistance distance = distance(surface, extracted, trial.seed());
    SurfaceQuality quality =
        new SurfaceQuality(
            iou(signal, uniform, outputs),
            iou(signal, near, field.at(near.points())),
            distance == null ? null : distance.chamferL1(),
            distance == null ? null : distance.chamferL2(),
            distance == null ? 0 : distance.fScore(),
            distance == null ? null : distance.normalConsistency(),
            extracted.triangleCount());
    return new SurfaceReconstruction(
        surface.tree().mesh(),
        extracted,
        new Quality(psnr(signal, uniform, outputs), null, quality));
  }

  /** The network as a function of the cube. */
  private record Field(Trial trial, Parameters parameters, Blas blas) {

    float[] at(double[] points) {
      return NetworkField.at(points, 3, trial, parameters, blas);
    }

    /** Values at the nodes (i, j, k)/cells, i fastest. */
    float[] onLattice(int cells) {
      int side = cells + 1;
      float[] values = new float[Math.multiplyExact(side, Math.multiplyExact(side, side))];
      for (int from = 0; from < values.length; from += CHUNK) {
        double[] points = new double[3 * Math.min(CHUNK, values.length - from)];
        for (int i = 0; i < points.length / 3; i++) {
          int node = from + i;
          points[3 * i] = node % side / (double) cells;
          int row = node / side;
          points[3 * i + 1] = row % side / (double) cells;
          int layer = row / side;
          points[3 * i + 2] = layer / (double) cells;
        }
        System.arraycopy(at(points), 0, values, from, points.length / 3);
      }
      return values;
    }
  }

  private static TriangleMesh extract(Signal.MeshFile signal, Field field) {
    int cells = signal.sampling().cells();
    float[] values = field.onLattice(cells);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) signal.target().insideness(values[i], signal.loss());
    }
    return MarchingCubes.extract(values, cells, 0);
  }

  private static @Nullable Double iou(
      Signal.MeshFile signal, SurfacePoints truth, float[] outputs) {
    boolean[] inside = new boolean[outputs.length];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = signal.target().insideness(outputs[i], signal.loss()) > 0;
    }
    OptionalDouble iou = Overlap.of(truth.inside(), inside);
    return iou.isPresent() ? iou.getAsDouble() : null;
  }

  /**
   * Over the range of the targets. Null when they are all the same: the points then lie on one side
   * of a solid that is thinner than their distances, and any constant would be perfect.
   */
  static @Nullable Double psnr(Signal.MeshFile signal, SurfacePoints truth, float[] outputs) {
    float[] predicted = new float[outputs.length];
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < predicted.length; i++) {
      predicted[i] = (float) signal.loss().prediction(outputs[i]);
      low = Math.min(low, truth.targets()[i]);
      high = Math.max(high, truth.targets()[i]);
    }
    if (low == high) {
      return null;
    }
    double psnr = Psnr.decibels(truth.targets(), predicted, low, high);
    return Double.isFinite(psnr) ? psnr : null;
  }

  /** Null when there is no extracted surface with an area. */
  private static @Nullable SurfaceDistance distance(
      LoadedSurface surface, TriangleMesh extracted, long seed) throws IOException {
    return extracted.area() > 0
        ? SurfaceComparison.of(
            new SurfaceTree(extracted),
            surface.tree(),
            surface.signal().sampling().surfacePoints(),
            seed)
        : null;
  }

  @Override
  public Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("original.png", shaded(original));
    files.put("reconstruction.png", shaded(extracted));
    files.put("reconstruction.ply", PlyWriter.write(extracted));
    return files;
  }

  private static byte[] shaded(TriangleMesh mesh) throws IOException {
    int side = ShadedPicture.SIDE;
    return Png.encode(side, side, 1, ShadedPicture.of(mesh, side).gray());
  }
}
