package io.eigensweep.trial;

import io.eigensweep.encoding.Encoder;
import io.eigensweep.linalg.Blas;
import io.eigensweep.linalg.RandomStream;
import io.eigensweep.mesh.MarchingCubes;
import io.eigensweep.mesh.PlyWriter;
import io.eigensweep.mesh.ShadedPicture;
import io.eigensweep.mesh.SurfaceSampler;
import io.eigensweep.mesh.SurfaceTree;
import io.eigensweep.mesh.TriangleMesh;
import io.eigensweep.metric.Overlap;
import io.eigensweep.metric.Psnr;
import io.eigensweep.metric.SurfaceDistance;
import io.eigensweep.network.ForwardPass;
import io.eigensweep.network.Parameters;
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
  /** Threshold of the F-score in sides of the cube. */
  private static final double THRESHOLD = 0.01;

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
        new Quality(psnr(signal, uniform, outputs), null, null, null, null, quality));
  }

  /** The network as a function of the cube. */
  private record Field(Trial trial, Parameters parameters, Blas blas) {

    float[] at(double[] points) {
      float[] outputs = new float[points.length / 3];
      double[] chunk = new double[3 * CHUNK];
      for (int from = 0; from < outputs.length; from += CHUNK) {
        int count = Math.min(CHUNK, outputs.length - from);
        if (count < CHUNK) {
          chunk = new double[3 * count];
        }
        System.arraycopy(points, 3 * from, chunk, 0, 3 * count);
        evaluate(chunk, outputs, from);
      }
      return outputs;
    }

    private void evaluate(double[] points, float[] into, int at) {
      double[] values =
          ForwardPass.of(
                  trial.network(), parameters, Encoder.encode(trial.encoding(), points, 3), blas)
              .outputs()
              .data;
      for (int i = 0; i < points.length / 3; i++) {
        into[at + i] = (float) values[i];
      }
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
        evaluate(points, values, from);
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

  private static @Nullable Double psnr(
      Signal.MeshFile signal, SurfacePoints truth, float[] outputs) {
    float[] predicted = new float[outputs.length];
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < predicted.length; i++) {
      predicted[i] = (float) signal.loss().prediction(outputs[i]);
      low = Math.min(low, truth.targets()[i]);
      high = Math.max(high, truth.targets()[i]);
    }
    double psnr = Psnr.decibels(truth.targets(), predicted, low, high);
    return Double.isFinite(psnr) ? psnr : null;
  }

  /** Null when there is no extracted surface with an area. */
  private static @Nullable SurfaceDistance distance(
      LoadedSurface surface, TriangleMesh extracted, long seed) throws IOException {
    if (!(extracted.area() > 0)) {
      return null;
    }
    int points = surface.signal().sampling().surfacePoints();
    SurfaceTree tree = new SurfaceTree(extracted);
    return SurfaceDistance.of(
        side(
            new SurfaceSampler(extracted),
            extracted,
            surface.tree(),
            points,
            RandomStream.of("signal/extracted-surface", seed)),
        side(
            surface.sampler(),
            surface.tree().mesh(),
            tree,
            points,
            RandomStream.of("signal/surface", seed)),
        THRESHOLD);
  }

  private static SurfaceDistance.Side side(
      SurfaceSampler sampler, TriangleMesh from, SurfaceTree to, int count, RandomStream random) {
    double[] distances = new double[count];
    double[] cosines = new double[count];
    double[] point = new double[3];
    double[] own = new double[3];
    double[] other = new double[3];
    SurfaceTree.Query query = to.query();
    for (int i = 0; i < count; i++) {
      from.crossProduct(sampler.draw(random, point, 0), own);
      distances[i] = query.nearest(point[0], point[1], point[2]);
      to.mesh().crossProduct(query.triangle(), other);
      double norms = Math.sqrt(dot(own, own) * dot(other, other));
      cosines[i] = norms > 0 ? Math.min(1, Math.abs(dot(own, other)) / norms) : 0;
    }
    return new SurfaceDistance.Side(distances, cosines);
  }

  private static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
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
