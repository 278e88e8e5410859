package io.eigensweep.measure;

import static io.eigensweep.measure.Measure.ofPart;
import static io.eigensweep.measure.Measure.real;
import static io.eigensweep.measure.Measure.text;
import static io.eigensweep.measure.Measure.whole;

import io.eigensweep.trial.SignalFacts;
import io.eigensweep.trial.SignalFacts.PictureFacts;
import io.eigensweep.trial.SignalFacts.SurfaceFacts;
import io.eigensweep.trial.TrialResult;
import io.eigensweep.trial.TrialResult.TrainingFacts;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What was regressed. */
public final class SignalMeasures {
  private static final MeasureList LIST = new MeasureList();

  static {
    LIST.add(
        text(
            "signal_sha256",
            "SHA-256 of the signal's file, or of its values when generated",
            ofPart(TrialResult::signal, SignalFacts::sha256)));
  }

  /** Width of a picture. */
  public static final Measure<TrialResult, Integer> WIDTH_PX =
      LIST.add(whole("width_px", "px", "width of the picture", picture(PictureFacts::widthPx)));

  /** Its height. */
  public static final Measure<TrialResult, Integer> HEIGHT_PX =
      LIST.add(whole("height_px", "px", "height of the picture", picture(PictureFacts::heightPx)));

  static {
    LIST.add(
        whole(
            "source_width_px",
            "px",
            "width of the stored picture",
            picture(PictureFacts::sourceWidthPx)));
    LIST.add(
        whole(
            "source_height_px",
            "px",
            "height of the stored picture",
            picture(PictureFacts::sourceHeightPx)));
    LIST.add(
        real(
            "source_mean_red",
            "0–255",
            "mean red of the stored picture",
            picture(PictureFacts::sourceMeanRed)));
    LIST.add(
        real(
            "source_mean_green",
            "0–255",
            "mean green of the stored picture",
            picture(PictureFacts::sourceMeanGreen)));
    LIST.add(
        real(
            "source_mean_blue",
            "0–255",
            "mean blue of the stored picture",
            picture(PictureFacts::sourceMeanBlue)));
    LIST.add(whole("mesh_vertices", "", "vertices of the mesh", surface(SurfaceFacts::vertices)));
    LIST.add(
        whole(
            "mesh_unused_vertices",
            "",
            "vertices of the mesh that no face with an area uses, no part of the surface",
            surface(SurfaceFacts::unusedVertices)));
    LIST.add(
        whole(
            "mesh_triangles",
            "",
            "triangles of the mesh, a face of n corners counted as n − 2",
            surface(SurfaceFacts::triangles)));
    LIST.add(
        whole(
            "mesh_dropped_faces",
            "",
            "faces of the file left out because they name a vertex that can't exist",
            surface(SurfaceFacts::droppedFaces)));
    LIST.add(
        whole(
            "mesh_crossed_faces",
            "",
            "faces whose outline crosses itself, cut as fans around their first corner",
            surface(SurfaceFacts::crossedFaces)));
    LIST.add(real("mesh_area", "file units²", "area of the mesh", surface(SurfaceFacts::area)));
    LIST.add(
        real(
            "mesh_volume",
            "file units³",
            "signed volume of the mesh",
            surface(SurfaceFacts::volume)));
    LIST.add(
        real(
            "mesh_centre_x",
            "file units",
            "centre of the mesh's bounding box, which becomes that of the cube",
            surface(SurfaceFacts::centreX)));
    LIST.add(
        real("mesh_centre_y", "file units", "its second axis", surface(SurfaceFacts::centreY)));
    LIST.add(real("mesh_centre_z", "file units", "its third axis", surface(SurfaceFacts::centreZ)));
    LIST.add(
        real(
            "mesh_scale",
            "cube sides per file unit",
            "scale of the mesh in the cube",
            surface(SurfaceFacts::scale)));
    LIST.add(
        real(
            "ambiguous_share",
            "",
            "share of the training points whose winding number w has ||w| − ½| < ¼",
            TrainingMeasures.of(TrainingFacts::ambiguousShare)));
  }

  private SignalMeasures() {}

  static List<Measure<TrialResult, ?>> all() {
    return LIST.all();
  }

  private static <T> Function<TrialResult, @Nullable T> picture(
      Function<PictureFacts, @Nullable T> value) {
    return ofPart(result -> result.signal() == null ? null : result.signal().picture(), value);
  }

  private static <T> Function<TrialResult, @Nullable T> surface(
      Function<SurfaceFacts, @Nullable T> value) {
    return ofPart(result -> result.signal() == null ? null : result.signal().surface(), value);
  }
}
