package io.eigensweep.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.aggregate.Comparison;
import io.eigensweep.aggregate.ComparisonRow;
import io.eigensweep.aggregate.TrialRow;
import io.eigensweep.encoding.Encoding;
import io.eigensweep.ntk.Spectrum;
import io.eigensweep.result.SampleResults;
import io.eigensweep.store.ResultStore;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.Trial;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fixed sweep against files that were checked by hand. */
class ReportFilesTest {
  private static final String HOSTILE =
      "<img onerror=alert(1)> a_b & 50% of $5 \\input{x} #^~|é中.JPEG";

  private static final List<String> FILES =
      List.of(
          "summary.md",
          "headline.md",
          "headline.csv",
          "headline.tex",
          "comparison.md",
          "comparison.csv",
          "comparison.tex",
          "resolution.md",
          "resolution.csv",
          "resolution.tex",
          "signatures.md",
          "signatures.csv",
          "failures.csv",
          "failures.tex");

  @TempDir Path folder;

  @Test
  void filesAreThoseThatWereChecked() throws IOException {
    ResultStore store = new ResultStore(folder.toUri(), new Configuration());
    store.prepare();
    store.writeJob("{\"job\":{\"name\":\"first|run\"},\"trials\":20}");
    new ReportFiles(store).write(Comparison.of(sweep()));

    for (String name : FILES) {
      assertThat(Files.readString(folder.resolve("report").resolve(name)))
          .as(name)
          .isEqualTo(golden(name));
    }
    try (var files = Files.list(folder.resolve("report"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(FILES);
    }
  }

  @Test
  void theTerminalTableIsTheOneThatWasCheckedAndNarrow() throws IOException {
    String text = Markdown.render(ComparisonTables.narrow(Comparison.of(sweep()).rows()));
    assertThat(text).isEqualTo(golden("terminal.md"));
    assertThat(text.lines()).allMatch(line -> line.length() <= 140);
  }

  @Test
  void theBestIsNeverAnUnresolvedEigenvalueAndNeedsARival() {
    List<ComparisonRow> rows = Comparison.of(sweep()).rows();
    Table table = ComparisonTables.narrow(rows);
    int lambda = table.header().indexOf("λ_min");
    int grid = rows.size() - 1;
    assertThat(table.best().stream().filter(cell -> cell.column() == lambda))
        .containsExactly(new Table.Cell(grid, lambda));

    List<ComparisonRow> single = rows.subList(grid, grid + 1);
    assertThat(ComparisonTables.narrow(single).best()).isEmpty();
    assertThat(ComparisonTables.narrow(single).cells().get(0)).contains("multigrid L=2 k=2 R=200");
  }

  @Test
  void aSweepWithoutRowsHasFilesToo() {
    ResultStore store = new ResultStore(folder.toUri(), new Configuration());
    store.prepare();
    new ReportFiles(store).write(Comparison.of(List.of()));
    assertThat(folder.resolve("report/summary.md")).content().contains("0 trials have a row.");
    assertThat(Markdown.render(ComparisonTables.narrowByResolution(List.of())))
        .startsWith("| Setting | R ");
  }

  private static List<TrialRow> sweep() {
    List<TrialRow> rows = new ArrayList<>();
    for (String picture : List.of("a.JPEG", "b|c.JPEG")) {
      boolean first = picture.equals("a.JPEG");
      double shift = first ? 0 : 2;
      rows.add(
          row(
              SampleResults.IDENTITY,
              picture,
              15 + shift,
              0.35,
              SampleResults.unresolved(3, "total", first ? 2.01e-15 : 1e-15)));
      rows.add(
          row(
              SampleResults.fourier(8),
              picture,
              23 + shift / 2,
              0.75,
              SampleResults.resolved(3, "total", 1.4e-2)));
      rows.add(row(SampleResults.multigrid(50), picture, 25.5 + shift, 0.8));
      rows.add(
          row(
              SampleResults.multigrid(200),
              picture,
              39.8 - shift,
              0.99,
              SampleResults.resolved(3, "total", first ? 0.4 : 0.2),
              SampleResults.unresolved(3, "mlp", 2.4e-13)));
    }
    rows.add(failed(SampleResults.IDENTITY, Status.FAILED));
    rows.add(failed(SampleResults.fourier(4), Status.FAILED));
    rows.add(failed(SampleResults.multigrid(200), Status.OUT_OF_MEMORY));
    return rows;
  }

  private static TrialRow row(
      Encoding encoding, String picture, double psnr, double msSsim, Spectrum... spectra) {
    return TrialRow.of(SampleResults.succeeded(trial(encoding, picture), psnr, msSsim, spectra));
  }

  private static TrialRow failed(Encoding encoding, Status status) {
    return TrialRow.of(
        SampleResults.failed(
            trial(encoding, HOSTILE), status, HOSTILE + ": no picture |\nfirst bytes <html>"));
  }

  private static Trial trial(Encoding encoding, String picture) {
    return SampleResults.trial(SampleResults.photo(picture), encoding, 100, 0);
  }

  private static String golden(String name) throws IOException {
    try (InputStream in = ReportFilesTest.class.getResourceAsStream("/golden/report/" + name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in == null ? new byte[0] : in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
