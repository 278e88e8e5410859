package io.eigensweep.trial;

import io.eigensweep.mesh.Placement;
import io.eigensweep.mesh.TriangleMesh;
import io.eigensweep.picture.Image;
import io.eigensweep.signal.LoadedPicture;
import io.eigensweep.signal.LoadedSignal;
import io.eigensweep.signal.LoadedSurface;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The loaded signal: a picture or a surface.
 *
 * @param sha256 of the file's bytes
 * @param picture what is known of a picture, null for surfaces
 * @param surface what is known of a surface, null for pictures
 */
public record SignalFacts(
    String sha256, @Nullable PictureFacts picture, @Nullable SurfaceFacts surface)
    implements Serializable {

  /**
   * A loaded picture.
   *
   * @param widthPx width after cropping and resampling
   * @param heightPx height after cropping and resampling
   * @param sourceWidthPx width as stored
   * @param sourceHeightPx height as stored
   * @param sourceMeanRed mean of the stored picture's red, 0–255
   * @param sourceMeanGreen mean of green
   * @param sourceMeanBlue mean of blue
   */
  public record PictureFacts(
      int widthPx,
      int heightPx,
      int sourceWidthPx,
      int sourceHeightPx,
      double sourceMeanRed,
      double sourceMeanGreen,
      double sourceMeanBlue)
      implements Serializable {}

  /**
   * A loaded surface.
   *
   * @param vertices of the stored mesh
   * @param unusedVertices of them that no face with an area uses: no part of the surface
   * @param triangles of the stored mesh, faces of n corners as n − 2 of them
   * @param droppedFaces faces of the file that name a vertex which can't exist, left out
   * @param crossedFaces faces whose outline crosses itself, as fans around their first corner
   * @param area of the stored mesh, in units of the file
   * @param volume signed, of the stored mesh, in cubed units of the file
   * @param centreX centre of the bounding box in units of the file
   * @param centreY second axis
   * @param centreZ third axis
   * @param scale cube sides per unit of the file
   */
  public record SurfaceFacts(
      int vertices,
      int unusedVertices,
      int triangles,
      int droppedFaces,
      int crossedFaces,
      double area,
      double volume,
      double centreX,
      double centreY,
      double centreZ,
      double scale)
      implements Serializable {}

  /** What the row says of {@code loaded}. */
  static SignalFacts of(LoadedSignal loaded) {
    if (loaded instanceof LoadedSurface surface) {
      TriangleMesh mesh = surface.stored().mesh();
      Placement placement = surface.placement();
      return new SignalFacts(
          loaded.sha256(),
          null,
          new SurfaceFacts(
              mesh.vertexCount(),
              mesh.vertexCount() - surface.tree().mesh().vertexCount(),
              mesh.triangleCount(),
              surface.stored().droppedFaces(),
              surface.stored().crossedFaces(),
              mesh.area(),
              mesh.volume(),
              placement.centreX(),
              placement.centreY(),
              placement.centreZ(),
              placement.scale()));
    }
    LoadedPicture picture = (LoadedPicture) loaded;
    Image image = picture.image();
    return new SignalFacts(
        loaded.sha256(),
        new PictureFacts(
            image.width(),
            image.height(),
            picture.sourceWidth(),
            picture.sourceHeight(),
            picture.meanRed(),
            picture.meanGreen(),
            picture.meanBlue()),
        null);
  }
}
