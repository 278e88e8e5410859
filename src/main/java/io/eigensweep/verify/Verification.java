package io.eigensweep.verify;

import io.eigensweep.network.Parameters;
import io.eigensweep.result.Column;
import io.eigensweep.result.Tables;
import io.eigensweep.trial.Trial;
import io.eigensweep.verify.Verdict.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The criterion by which a committed row is judged, see {@code docs/numerics.md}: under the same
 * {@link ComputeEnvironment} every bit; under others what the row says twice, what does not depend
 * on the path of training, what its stored weights give, and the path.
 */
public final class Verification {
  /** The most runs of a trial, the unmoved among them. */
  public static final int MAX_RUNS = PathAgreement.MAX_RUNS;

  private static final int SHOWN = 5;

  private final Trial trial;
  private final Map<String, @Nullable Object> committed;
  private final @Nullable Parameters stored;
  private final KnownColumns here;
  private final int repeats;

  /**
   * @param committed the row
   * @param stored the weights that are kept beside it, null without
   * @param here computes the trial anew
   * @param repeats runs from a moved start, 2 to {@value #MAX_RUNS} − 1
   */
  public Verification(
      Trial trial,
      Map<String, @Nullable Object> committed,
      @Nullable Parameters stored,
      Repeats here,
      int repeats) {
    this.trial = trial;
    this.committed = new KnownNames(committed, Set.of());
    this.stored = stored;
    this.here = new KnownColumns(here, Set.copyOf(committed.keySet()));
    this.repeats = repeats;
  }

  /** Where two rows of one trial differ in any bit, but for who computed them and when. */
  public static List<String> differingBits(
      Map<String, @Nullable Object> one, Map<String, @Nullable Object> other) {
    Findings findings = new Findings();
    Bits.compare(one, other, findings);
    return findings.differences();
  }

  /** Runs what is needed and judges. */
  public Verdict verdict() {
    Verdict verdict = judged();
    List<String> missing =
        Tables.ROW.stream()
            .map(Column::name)
            .filter(column -> !committed.containsKey(column))
            .toList();
    return missing.isEmpty()
        ? verdict
        : new Verdict(
            verdict.kind(),
            verdict.text()
                + "; the row, of an earlier program, does not have "
                + String.join(", ", missing));
  }

  private Verdict judged() {
    Map<String, @Nullable Object> row = here.row();
    String changed = ComputeEnvironment.of(committed).changedTo(ComputeEnvironment.of(row));
    Findings findings = new Findings();
    findings.equal("signal_sha256", committed.get("signal_sha256"), row.get("signal_sha256"));
    if (!findings.differences().isEmpty()) {
      return different("another signal than that of the row", findings);
    }
    Bits.compare(committed, row, findings);
    if (stored != null) {
      Bits.compare(stored, here.trained(), findings);
    }
    if (findings.differences().isEmpty()) {
      return new Verdict(
          Kind.EQUAL,
          "equal in every bit"
              + (stored == null ? "" : ", stored weights too")
              + (changed.isEmpty() ? "" : " (" + changed + ")"));
    }
    return changed.isEmpty()
        ? different("under the same circumstances", findings)
        : elsewhere(row, changed);
  }

  private Verdict elsewhere(Map<String, @Nullable Object> row, String changed) {
    Findings findings = new Findings();
    Facts.compare(committed, row, findings);
    OwnCopies.compare(committed, trial, findings);
    int facts = findings.compared();
    int initial = start(row, findings);
    String weights =
        stored == null
            ? "no stored weights, so of the trained network only the path was compared"
            : new WeightsAgreement(committed, trial, stored, here).compare(findings);
    String path = findings.differences().isEmpty() ? path(row, findings) : "";
    if (!findings.differences().isEmpty()) {
      return different(changed, findings);
    }
    return new Verdict(
        Kind.CONSISTENT,
        String.format(
            Locale.ROOT,
            "consistent (%s): %d values that training does not move%s; %s; %s",
            changed,
            facts,
            initial == 0 ? "" : " and " + initial + " initial eigenvalues to their floors",
            weights,
            path));
  }

  /** Kernels of the initial network; the eigenvalues that were compared. */
  private int start(Map<String, @Nullable Object> row, Findings findings) {
    Map<String, Map<String, @Nullable Object>> spectra = Rows.spectra(committed);
    Map<String, Map<String, @Nullable Object>> again = Rows.spectra(row);
    findings.equal("spectra", spectra.keySet(), again.keySet());
    for (String field : List.of("from_epoch", "epoch", "basis", "mode", "count")) {
      findings.equal("modes." + field, fields(committed, field), fields(row, field));
    }
    int eigenvalues = 0;
    for (Map.Entry<String, Map<String, @Nullable Object>> entry : again.entrySet()) {
      Map<String, @Nullable Object> spectrum = spectra.get(entry.getKey());
      if (spectrum != null && entry.getKey().startsWith("spectra[0 ")) {
        eigenvalues +=
            new SpectrumAgreement(findings, entry.getKey(), spectrum, entry.getValue()).compare();
      }
    }
    return eigenvalues;
  }

  private static List<@Nullable Object> fields(Map<String, @Nullable Object> row, String field) {
    List<@Nullable Object> values = new ArrayList<>();
    Rows.structs(row, "modes").forEach(mode -> values.add(mode.get(field)));
    return values;
  }

  private String path(Map<String, @Nullable Object> row, Findings findings) {
    List<Map<String, @Nullable Object>> runs = new ArrayList<>();
    runs.add(row);
    for (int i = 1; i <= repeats; i++) {
      runs.add(here.moved(i));
    }
    List<Map<String, @Nullable Object>> alike =
        runs.stream()
            .filter(run -> Objects.equals(run.get("status"), committed.get("status")))
            .toList();
    if (alike.size() < 3) {
      findings.differs(
          String.format(
              Locale.ROOT,
              "status: %s committed, and of %d of %d runs here",
              committed.get("status"),
              alike.size(),
              runs.size()));
      return "";
    }
    PathAgreement path = new PathAgreement(committed, alike, crossing());
    path.compare(findings);
    return path.describe()
        + (committed.get("psnr") == null
            ? ""
            : String.format(Locale.ROOT, ", PSNR to %.1e dB", path.tolerance("psnr")));
  }

  /** What one unit at one sample contributes to a step's gradient, as a share of the whole. */
  private double crossing() {
    double batch = trial.training().batchSize();
    double pixels = Rows.number(committed, "width_px") * Rows.number(committed, "height_px");
    return 1 / ((pixels < batch ? pixels : batch) * trial.network().width());
  }

  private static Verdict different(String where, Findings findings) {
    List<String> all = findings.differences();
    return new Verdict(
        Kind.DIFFERENT,
        String.format(
            Locale.ROOT,
            "DIFFERENT in %d values (%s): %s%s",
            all.size(),
            where,
            String.join("; ", all.subList(0, Math.min(SHOWN, all.size()))),
            all.size() > SHOWN ? "; …" : ""));
  }
}
