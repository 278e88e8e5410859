package io.eigensweep.signal;

import io.eigensweep.metric.Loss;
import io.eigensweep.settings.Key;
import io.eigensweep.settings.TypeName;

/**
 * One mesh file, or every mesh in a folder (not below it), on any Hadoop file system.
 *
 * @param path the file or folder
 * @param target what a network learns
 * @param loss how its output is compared with the target
 * @param sampling at which points
 */
@TypeName("mesh")
public record MeshSource(
    @Key(meaning = "a mesh (PLY, OBJ, OFF, STL), or a folder of meshes", identity = false)
        String path,
    @Key(
            meaning = "what a network learns of the surface",
            fallback = "occupancy",
            column = "surface_target")
        SurfaceTarget target,
    @Key(
            meaning = "loss on a surface; bce makes the network's output a logit",
            column = "surface_loss",
            fallback = "mse")
        Loss loss,
    @Key(meaning = "where a surface is learnt and judged", fallback = "{}")
        SurfaceSampling sampling)
    implements SignalSource {
  public MeshSource {
    target.check(loss);
  }
}
