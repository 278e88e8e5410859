package io.eigensweep.tables;

import io.eigensweep.aggregate.Comparison;
import io.eigensweep.aggregate.Picture;
import io.eigensweep.aggregate.TrialRow;
import io.eigensweep.cluster.ExecutorContext;
import io.eigensweep.cluster.StorageBackoff;
import io.eigensweep.encoding.Multigrid;
import io.eigensweep.job.FrozenSweep;
import io.eigensweep.measure.QualityMeasures;
import io.eigensweep.picture.Image;
import io.eigensweep.plan.Grid;
import io.eigensweep.report.Gallery;
import io.eigensweep.report.PictureCard;
import io.eigensweep.report.ShownSettings;
import io.eigensweep.signal.LoadedSignal;
import io.eigensweep.signal.PictureSignal;
import io.eigensweep.signal.Signal;
import io.eigensweep.store.ResultStore;
import io.eigensweep.trial.Safetensors;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.Trial;
import io.eigensweep.trial.TrialId;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * Makes the gallery: one Spark task for each picture reads the files that its trials left, reads
 * the picture itself again from where the sweep had it, and gives back thumbnails.
 */
final class ReportPictures {
  /** What a task draws of one trial; its grid where the nodes form a lattice. */
  private record Drawn(
      String trialId,
      String setting,
      boolean drawsGrid,
      @Nullable Double psnr,
      @Nullable Double msSsim)
      implements Serializable {}

  /** What a task does. */
  private record Request(String name, Signal signal, String sha256, int side, List<Drawn> trials)
      implements Serializable {}

  private final JavaSparkContext context;
  private final ResultStore store;

  ReportPictures(JavaSparkContext context, ResultStore store) {
    this.context = context;
    this.store = store;
  }

  /** The gallery of {@code comparison}; empty when no trial keeps its reconstruction. */
  Gallery gallery(Comparison comparison) {
    Map<String, Map<String, TrialRow>> byPicture = candidates(comparison);
    if (byPicture.isEmpty() || store.readJob().isEmpty()) {
      return Gallery.EMPTY;
    }
    Map<String, Trial> trials = trials(store.readJob().orElseThrow());
    List<Request> requests = new ArrayList<>();
    List<String> names = new ArrayList<>(byPicture.keySet());
    int count = Math.min(Gallery.MAX_PICTURES, names.size());
    for (int i = 0; i < count; i++) {
      String name = names.get((int) ((long) i * names.size() / count));
      request(name, byPicture.getOrDefault(name, Map.of()), trials, count).ifPresent(requests::add);
    }
    if (requests.isEmpty()) {
      return Gallery.EMPTY;
    }
    context.setJobDescription("report: pictures");
    ExecutorContext executor =
        new ExecutorContext(
            "report-" + UUID.randomUUID(),
            store.folder(),
            context.hadoopConfiguration(),
            new StorageBackoff(StorageBackoff.DEFAULT));
    List<Gallery.Entry> entries =
        context
            .parallelize(requests, requests.size())
            .map(request -> entry(request, executor))
            .collect()
            .stream()
            .filter(entry -> !entry.trials().isEmpty())
            .toList();
    return entries.isEmpty() ? Gallery.EMPTY : new Gallery(entries, names.size());
  }

  /** By name of the picture and setting the trial with the least seed, settings in their order. */
  private static Map<String, Map<String, TrialRow>> candidates(Comparison comparison) {
    List<String> pictured = ShownSettings.of(comparison).pictured();
    Map<String, Map<String, TrialRow>> byPicture = new TreeMap<>();
    List<TrialRow> shown =
        comparison.trials().stream()
            .filter(row -> row.status() == Status.SUCCEEDED)
            .filter(row -> pictured.contains(comparison.setting(row)))
            .sorted(
                Comparator.comparingInt((TrialRow row) -> pictured.indexOf(comparison.setting(row)))
                    .thenComparingLong(TrialRow::seed)
                    .thenComparing(TrialRow::trialId))
            .toList();
    for (TrialRow row : shown) {
      byPicture
          .computeIfAbsent(name(row.picture()), name -> new LinkedHashMap<>())
          .putIfAbsent(comparison.setting(row), row);
    }
    return byPicture;
  }

  /** With the size, where a job has a picture in several. */
  private static String name(Picture picture) {
    return picture.size() == null
        ? picture.name()
        : picture.name() + " at " + picture.size() + " px";
  }

  private static Map<String, Trial> trials(String job) {
    FrozenSweep sweep = FrozenSweep.read(job);
    Map<String, Trial> trials = new HashMap<>();
    for (Trial trial : Grid.expand(sweep.job(), sweep.signals()).trials()) {
      trials.put(trial.id().text(), trial);
    }
    return trials;
  }

  private static Optional<Request> request(
      String name, Map<String, TrialRow> rows, Map<String, Trial> trials, int pictures) {
    List<Drawn> drawn = new ArrayList<>();
    Signal signal = null;
    String sha256 = "";
    for (Map.Entry<String, TrialRow> entry : rows.entrySet()) {
      TrialRow row = entry.getValue();
      Trial trial = trials.get(row.trialId());
      if (trial != null) {
        signal = trial.signal();
        sha256 = String.valueOf(row.picture().sha256());
        drawn.add(
            new Drawn(
                row.trialId(),
                entry.getKey(),
                trial.encoding() instanceof Multigrid && trial.signal() instanceof PictureSignal,
                row.get(QualityMeasures.PSNR),
                row.get(QualityMeasures.MS_SSIM)));
      }
    }
    return signal == null
        ? Optional.empty()
        : Optional.of(
            new Request(name, signal, sha256, Gallery.side(pictures), List.copyOf(drawn)));
  }

  private static Gallery.Entry entry(Request request, ExecutorContext executor) throws IOException {
    Image image = null;
    String note = null;
    try {
      LoadedSignal loaded = executor.signals().read(request.signal());
      if (loaded.sha256().equals(request.sha256())) {
        image = loaded.picture();
      } else {
        note = "The file has changed since the trials read it, so it is not shown.";
      }
    } catch (IOException | RuntimeException e) {
      note = "The picture can't be read any more: " + e.getMessage();
    }
    List<Gallery.TrialShots> cards = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    if (note != null) {
      notes.add(note);
    }
    for (Drawn trial : request.trials()) {
      card(trial, image, request.side(), executor.store(), notes).ifPresent(cards::add);
    }
    return new Gallery.Entry(
        request.name(),
        image == null ? null : PictureCard.original(image, request.side()),
        notes.isEmpty() ? null : String.join(" ", notes),
        cards);
  }

  /**
   * What {@code trial} has left, if it has left a picture; a note for each file that is damaged.
   */
  private static Optional<Gallery.TrialShots> card(
      Drawn trial, @Nullable Image image, int side, ResultStore store, List<String> notes) {
    TrialId id = new TrialId(trial.trialId());
    PictureCard card = new PictureCard(side);
    boolean left = false;
    try {
      Optional<byte[]> reconstruction = store.artifact(id, "reconstruction.png");
      left = reconstruction.isPresent();
      if (left) {
        card.addReconstruction(reconstruction.get(), image);
      }
    } catch (IOException | RuntimeException e) {
      left = true;
      notes.add(damaged("reconstruction.png", trial, e));
    }
    try {
      Optional<byte[]> weights =
          left && trial.drawsGrid() ? store.artifact(id, "weights.safetensors") : Optional.empty();
      if (weights.isPresent()) {
        card.addGrids(Safetensors.read(weights.get()));
      }
    } catch (IOException | RuntimeException e) {
      notes.add(damaged("weights.safetensors", trial, e));
    }
    return left
        ? Optional.of(card.of(trial.setting(), trial.trialId(), trial.psnr(), trial.msSsim()))
        : Optional.empty();
  }

  private static String damaged(String file, Drawn trial, Exception error) {
    return String.format(
        Locale.ROOT,
        "%s of %s (%s) can't be read: %s.",
        file,
        trial.setting(),
        trial.trialId(),
        error.getMessage());
  }
}
