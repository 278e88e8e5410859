package io.eigensweep.signal;

import io.eigensweep.linalg.RandomStream;
import io.eigensweep.mesh.Inside;
import io.eigensweep.mesh.Placement;
import io.eigensweep.mesh.ShadedPicture;
import io.eigensweep.mesh.StoredMesh;
import io.eigensweep.mesh.SurfaceSampler;
import io.eigensweep.mesh.SurfaceTree;
import io.eigensweep.mesh.TriangleMesh;
import io.eigensweep.mesh.UnreadableMeshException;
import io.eigensweep.mesh.WindingNumber;
import io.eigensweep.picture.Image;
import io.eigensweep.settings.Names;
import java.util.Arrays;
import java.util.Locale;

/**
 * A surface in the unit cube, ready for training. A point lies inside where the generalized winding
 * number w has |w| ≥ ½: so faces that wind the other way, and holes, do not turn the inside out.
 * The signed distance is the exact distance to the triangles, negative inside. All points come from
 * named streams of the trial's seed.
 */
public final class LoadedSurface implements LoadedSignal {
  private final Signal.MeshFile signal;
  private final String sha256;
  private final StoredMesh stored;
  private final Placement placement;
  private final TriangleMesh mesh;
  private final SurfaceTree tree;
  private final WindingNumber winding;
  private final SurfaceSampler sampler;

  /**
   * Puts {@code stored} into the unit cube.
   *
   * @throws UnreadableMeshException when it is no surface, or has no extent or no area
   */
  LoadedSurface(Signal.MeshFile signal, String sha256, StoredMesh stored)
      throws UnreadableMeshException {
    this.signal = signal;
    this.sha256 = sha256;
    this.stored = stored;
    TriangleMesh surface = stored.surface();
    this.placement = Placement.fitting(surface, signal.sampling().margin());
    this.mesh = placement.apply(surface);
    this.tree = new SurfaceTree(mesh);
    this.winding = new WindingNumber(tree);
    this.sampler = new SurfaceSampler(mesh);
  }

  @Override
  public String sha256() {
    return sha256;
  }

  @Override
  public int dimensions() {
    return 3;
  }

  @Override
  public int channels() {
    return 1;
  }

  /** What the job says of it. */
  public Signal.MeshFile signal() {
    return signal;
  }

  /** What the file holds. */
  public StoredMesh stored() {
    return stored;
  }

  /** How it was put into the cube. */
  public Placement placement() {
    return placement;
  }

  /** The tree over its triangles in the cube. */
  public SurfaceTree tree() {
    return tree;
  }

  @Override
  public Image picture() {
    int side = ShadedPicture.SIDE;
    float[] gray = ShadedPicture.of(mesh, side).gray();
    float[] values = new float[3 * gray.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = gray[i / 3];
    }
    return new Image(side, side, 3, values);
  }

  /**
   * First the uniform points, then those near the surface.
   *
   * @throws UnreadableMeshException when the surface has no inside, or all points lie on one side
   *     of it: there is nothing to learn then, and every field would look like success
   */
  @Override
  public TrainingSet trainingSet(long seed) throws UnreadableMeshException {
    requireInside();
    SurfaceSampling sampling = signal.sampling();
    int even = sampling.uniform();
    double[] points = new double[Math.multiplyExact(3, sampling.samples())];
    double[] uniform = uniform("signal/uniform", seed, even);
    System.arraycopy(uniform, 0, points, 0, uniform.length);
    double[] close = near("signal/near", seed, sampling.samples() - even);
    System.arraycopy(close, 0, points, uniform.length, close.length);
    SurfacePoints truth = truth(points);
    requireBothSides(truth);
    double low = 0;
    double high = 1;
    if (signal.target() == SurfaceTarget.SDF) {
      low = Double.POSITIVE_INFINITY;
      high = Double.NEGATIVE_INFINITY;
      for (float target : truth.targets()) {
        low = Math.min(low, target);
        high = Math.max(high, target);
      }
    }
    double ambiguous = (double) truth.ambiguous() / truth.count();
    return new TrainingSet(points, truth.targets(), signal.loss(), low, high, ambiguous);
  }

  private void requireInside() throws UnreadableMeshException {
    Inside inside = Inside.of(mesh, sampler, winding);
    if (inside.bounding() == 0) {
      throw new UnreadableMeshException(
          String.format(
              Locale.ROOT,
              "%s: the inside of the surface is undefined: at none of %d points of it there is a"
                  + " winding number of 3/4 or more on one side and of 1/4 or less on the other"
                  + " (the largest is %.2f, the signed volume %.3g); target %s needs a surface that"
                  + " encloses something, each face once",
              signal.file(),
              inside.probes(),
              inside.largest(),
              stored.mesh().volume(),
              Names.of(signal.target())));
    }
  }

  private void requireBothSides(SurfacePoints truth) throws UnreadableMeshException {
    int inside = 0;
    for (boolean is : truth.inside()) {
      inside += is ? 1 : 0;
    }
    if (inside == 0 || inside == truth.count()) {
      throw new UnreadableMeshException(
          String.format(
              Locale.ROOT,
              "%s: %d of the %d training points lie inside the surface, at least one is wanted on"
                  + " either side: %s",
              signal.file(),
              inside,
              truth.count(),
              inside == 0
                  ? "it encloses too little for signal.sampling's samples, near-share and sigma"
                  : "signal.sampling.margin must leave more of the cube free"));
    }
  }

  /** The first {@code count} of the uniform training points, and more of the same stream. */
  public SurfacePoints kernelPoints(int count, long seed) {
    return truth(uniform("signal/uniform", seed, count));
  }

  /** Held-out points, uniform in the cube. */
  public SurfacePoints heldOutUniform(long seed) {
    return truth(uniform("signal/held-out-uniform", seed, signal.sampling().heldOut()));
  }

  /** Held-out points near the surface, drawn as those of training. */
  public SurfacePoints heldOutNear(long seed) {
    return truth(near("signal/held-out-near", seed, signal.sampling().heldOut()));
  }

  private static double[] uniform(String stream, long seed, int count) {
    RandomStream random = RandomStream.of(stream, seed);
    double[] points = new double[Math.multiplyExact(3, count)];
    Arrays.setAll(points, i -> random.nextDouble());
    return points;
  }

  /** Points of the surface, moved by a Gaussian on each axis; those outside the cube drawn anew. */
  private double[] near(String stream, long seed, int count) {
    RandomStream random = RandomStream.of(stream, seed);
    double sigma = signal.sampling().sigma();
    double[] points = new double[Math.multiplyExact(3, count)];
    for (int at = 0; at < points.length; ) {
      sampler.draw(random, points, at);
      boolean isInCube = true;
      for (int axis = 0; axis < 3; axis++) {
        points[at + axis] += sigma * random.nextGaussian();
        isInCube &= points[at + axis] >= 0 && points[at + axis] <= 1;
      }
      at += isInCube ? 3 : 0;
    }
    return points;
  }

  private SurfacePoints truth(double[] points) {
    int count = points.length / 3;
    boolean[] inside = new boolean[count];
    float[] targets = new float[count];
    int ambiguous = 0;
    SurfaceTree.Query nearest = tree.query();
    WindingNumber.Query around = winding.query();
    for (int i = 0; i < count; i++) {
      double x = points[3 * i];
      double y = points[3 * i + 1];
      double z = points[3 * i + 2];
      double w = Math.abs(around.at(x, y, z));
      inside[i] = w >= 0.5;
      ambiguous += Math.abs(w - 0.5) < 0.25 ? 1 : 0;
      if (signal.target() == SurfaceTarget.OCCUPANCY) {
        targets[i] = inside[i] ? 1 : 0;
      } else {
        double distance = nearest.nearest(x, y, z);
        targets[i] = (float) (inside[i] ? -distance : distance);
      }
    }
    return new SurfacePoints(points, inside, targets, ambiguous);
  }
}
