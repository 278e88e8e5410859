package io.eigensweep.signal;

import io.eigensweep.settings.Check;
import io.eigensweep.settings.Key;
import io.eigensweep.settings.SettingException;
import java.io.Serializable;

/**
 * At which points a surface is learnt, and at which the result is judged. Lengths are in sides of
 * the unit cube.
 *
 * @param margin free part of the cube on both ends of the mesh's longest axis
 * @param samples training points
 * @param nearShare share of them that lie near the surface; the others are uniform in the cube
 * @param sigma standard deviation of the offset of a near point from the surface, on each axis
 * @param heldOut points that judge the field, so many uniform ones and so many near the surface
 * @param cells of the marching cubes per axis
 * @param surfacePoints points on each surface that judge the extracted mesh
 */
public record SurfaceSampling(
    @Key(
            meaning = "free part of the cube on both ends of the mesh's longest axis",
            fallback = "0.1",
            unit = "cube sides",
            column = "mesh_margin")
        double margin,
    @Key(meaning = "training points of a surface", fallback = "100000", unit = "points")
        int samples,
    @Key(meaning = "share of the training points near the surface", fallback = "0.5")
        double nearShare,
    @Key(
            meaning = "standard deviation of near points from the surface on each axis",
            fallback = "0.01",
            unit = "cube sides",
            column = "near_sigma")
        double sigma,
    @Key(
            meaning = "points that judge the field: so many uniform, so many near the surface",
            fallback = "50000",
            unit = "points")
        int heldOut,
    @Key(
            meaning = "cells per axis of the marching cubes that extract the surface",
            fallback = "128",
            unit = "cells",
            column = "marching_cubes_cells")
        int cells,
    @Key(
            meaning = "points on each surface that judge the extracted mesh",
            fallback = "50000",
            unit = "points")
        int surfacePoints)
    implements Serializable {
  public SurfaceSampling {
    if (!(margin >= 0 && margin <= 0.49)) {
      throw new SettingException("margin", "must be between 0 and 0.49, got " + margin);
    }
    Check.between("samples", samples, 1, 1 << 28);
    if (!(nearShare >= 0 && nearShare <= 1)) {
      throw new SettingException("near-share", "must be between 0 and 1, got " + nearShare);
    }
    Check.positive("sigma", sigma);
    if (sigma > 1) {
      throw new SettingException("sigma", "must be at most 1, got " + sigma);
    }
    Check.between("held-out", heldOut, 1, 1 << 26);
    Check.between("cells", cells, 2, 512);
    Check.between("surface-points", surfacePoints, 1, 1 << 26);
  }

  /** How many training points are uniform in the cube; they come first. */
  public int uniform() {
    return samples - (int) Math.round(samples * nearShare);
  }
}
