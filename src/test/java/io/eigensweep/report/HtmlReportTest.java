package io.eigensweep.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.aggregate.Comparison;
import io.eigensweep.aggregate.TrialRow;
import io.eigensweep.ntk.Spectrum;
import io.eigensweep.picture.Image;
import io.eigensweep.report.Gallery.Shot;
import io.eigensweep.result.SampleResults;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.Trial;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps with parts missing, with ugly names, and with many pictures. */
class HtmlReportTest {
  private static final String UGLY = "</script><img src=x onerror=alert(1)><!-- {{data}} $1.JPEG";
  private static final String JOB =
      "{\"job\":{\"name\":\"</title><script>alert(1)</script>\"},\"trials\":20}";

  @TempDir Path folder;

  @Test
  void textOfDataNeverBecomesMarkup() {
    String page =
        HtmlReport.render(data(List.of(failed(UGLY), succeeded(UGLY)), Gallery.EMPTY), List.of());

    assertThat(page).doesNotContain("<img src=x").doesNotContain("<script>alert");
    assertThat(page).contains("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&lt;!-- {{data}}");
    assertThat(page).contains("\\u003c/script\\u003e\\u003cimg src=x onerror=alert(1)");
    // The data, the library and the page's own script.
    assertThat(page.split("</script>", -1)).hasSize(4);
  }

  @Test
  void noScriptRunsButThePagesOwn() throws IOException {
    String page = HtmlReport.render(data(List.of(succeeded("a.JPEG")), Gallery.EMPTY), List.of());
    assertThat(page).containsPattern("script-src 'sha256-[^']{44}' 'sha256-[^']{44}'\"");
    assertThat(page).doesNotContain("type: 'lines'");

    Path hostile = folder.resolve("hostile.html");
    Files.writeString(
        hostile,
        page.replace(
            "</main>",
            "<script>document.title = 'script'</script>"
                + "<svg onload=\"document.title = 'handler'\"></svg></main>"));
    try (Browser browser = Browser.open(1000, 800, false)) {
      browser.driver().get(hostile.toUri().toString());
      assertThat(browser.driver().getTitle()).endsWith("Eigensweep");
      assertThat(browser.driver().getPageSource()).contains("<svg onload");
    }
  }

  @Test
  void missingPartsReadWellInABrowser() throws IOException {
    try (Browser browser = Browser.open(1000, 800, false)) {
      check(browser, List.of(), "0 of 20 trials have a row");
      check(browser, List.of(failed("a.JPEG")), "No trial has succeeded");
      check(browser, List.of(failed("a.JPEG")), "no picture: a.JPEG");
      check(browser, List.of(succeeded("a.JPEG")), "No reconstruction is stored");
      check(browser, List.of(succeeded("a.JPEG")), "No trial of the shown settings has a kernel");
      check(
          browser,
          List.of(succeeded("a.JPEG", SampleResults.unresolved(3, "total", 2e-15))),
          "< 2.0e-15");
      check(browser, List.of(failed(UGLY), succeeded(UGLY)), UGLY);
      assertThat(browser.driver().getTitle()).startsWith("</title><script>alert(1)</script>");
    }
  }

  /** Bounds of 1e-28 squashed what was measured, and a line joined them to it. */
  @Test
  void whatIsNotResolvedLiesInAStripOfItsOwnUnjoined() throws IOException {
    List<TrialRow> rows =
        List.of(
            grid(50, SampleResults.resolved(3, "total", 1e-3)),
            grid(100, SampleResults.resolved(3, "total", 2e-5)),
            grid(200, SampleResults.unresolved(3, "total", 1e-28)));
    Path page = folder.resolve("index.html");
    Files.writeString(page, HtmlReport.render(data(rows, Gallery.EMPTY), List.of()));
    String drawn =
        """
        const chart = echarts.getInstanceByDom(document.querySelector(`[data-plot='${arguments[0]}']`));
        const option = chart.getOption(), axis = option[arguments[1]][0], at = arguments[1] === 'xAxis' ? 0 : 1;
        return [axis.min, axis.max, ...option.series.filter(s => s.type !== 'custom' && s.name !== 'marks')
          .map(s => `${s.type} ${s.data.map(d => d.value[at].toFixed(2)).join(' ')}`)].join('; ');
        """;
    try (Browser browser = Browser.open(1000, 800, false)) {
      assertThat(browser.load(page)).isEmpty();
      assertThat(browser.complaints()).isEmpty();
      assertThat(browser.run(drawn, "lambda-resolution", "yAxis"))
          .isEqualTo("-6; -3; line -3.00 -4.70; scatter -5.50");
      assertThat(browser.run(drawn, "psnr-lambda", "xAxis"))
          .isEqualTo("-6; -3; scatter -3.00; scatter -4.70; scatter -5.50");
    }
  }

  @Test
  void thePlotsAreOfTheChosenSettingsAndSayWhenThereIsNone() throws IOException {
    List<TrialRow> rows =
        List.of(
            grid(50, SampleResults.resolved(3, "total", 1e-3)),
            grid(100, SampleResults.resolved(3, "total", 2e-3)));
    Path page = folder.resolve("index.html");
    Files.writeString(page, HtmlReport.render(data(rows, Gallery.EMPTY), List.of()));
    String chip = "document.querySelectorAll('.chip')[arguments[0]].click()";
    String drawn =
        "return [...document.querySelectorAll('[data-plot]:not([hidden])')].map(p => p.dataset.plot)"
            + ".filter(p => p.endsWith('resolution')).join(' ')";
    try (Browser browser = Browser.open(1000, 800, false)) {
      assertThat(browser.load(page)).isEmpty();
      browser.run(chip, 0);
      String resolutions = "lambda-resolution psnr-resolution ms-ssim-resolution";
      assertThat(browser.run(drawn)).isEqualTo(resolutions);
      browser.run(chip, 1);
      assertThat(browser.run(drawn)).isEqualTo("");
      assertThat(String.valueOf(browser.run("return document.querySelector('main').innerText")))
          .contains("No setting is chosen")
          .doesNotContain("No trial has succeeded")
          .doesNotContain("No encoding of this sweep has a grid");
      browser.run(chip, 1);
      assertThat(browser.run(drawn)).isEqualTo(resolutions);
    }
  }

  private static TrialRow grid(int resolution, Spectrum spectrum) {
    Trial trial =
        SampleResults.trial(
            SampleResults.photo("a.JPEG"), SampleResults.multigrid(resolution), 100, 6);
    return TrialRow.of(SampleResults.succeeded(trial, 25.5, 0.8, spectrum));
  }

  /** The mean over what a setting survived is said, and is no result. */
  @Test
  void theHighestMeanIsOfASettingThatLostNothing() {
    Trial hard =
        SampleResults.trial(SampleResults.photo("hard.JPEG"), SampleResults.fourier(8), 100, 9);
    List<TrialRow> rows =
        List.of(
            succeeded("a.JPEG"),
            succeeded("hard.JPEG"),
            TrialRow.of(
                SampleResults.succeeded(
                    SampleResults.trial(
                        SampleResults.photo("a.JPEG"), SampleResults.fourier(8), 100, 6),
                    37.5,
                    0.9)),
            TrialRow.of(SampleResults.failed(hard, Status.DIVERGED, "the loss is NaN")));

    String page = HtmlReport.render(data(rows, Gallery.EMPTY), List.of());

    assertThat(page)
        .containsPattern(
            "Highest mean PSNR</span><span class=\"value\">25.50( ± 0.00)? dB</span>"
                + "<span class=\"name\">multigrid L=2 k=2 R=50</span> .*"
                + "fourier L=8 has 37.50 dB on the 1 of 2 trials that succeeded");
  }

  @Test
  void aHundredNoisyPicturesFitFifteenMegabytes() throws IOException {
    Random random = new Random(5);
    float[] values = new float[3 * 256 * 256];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    Image noise = new Image(256, 256, 3, values);
    Shot shot = PictureCard.original(noise, Gallery.side(100));
    List<Shot> shots = List.of(shot, shot, shot, shot);
    List<Gallery.Entry> entries = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      List<Gallery.TrialShots> trials =
          IntStream.range(0, 4)
              .mapToObj(
                  j ->
                      new Gallery.TrialShots(
                          "setting " + j,
                          "aaaaaaaaaaaaaaaa",
                          20.0,
                          0.5,
                          j < 2 ? shots.subList(0, 2) : shots,
                          List.of(0.25, 0.5),
                          List.of(0.01, 0.01)))
              .toList();
      entries.add(new Gallery.Entry("picture " + i, shot, null, trials));
    }

    String page =
        HtmlReport.render(
            data(List.of(succeeded("a.JPEG")), new Gallery(entries, 1000)), List.of());

    assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThan(15_000_000);
  }

  private void check(Browser browser, List<TrialRow> rows, String text) throws IOException {
    Path page = folder.resolve("index.html");
    Files.writeString(page, HtmlReport.render(data(rows, Gallery.EMPTY), List.of()));

    assertThat(browser.load(page)).isEmpty();
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.run("return document.documentElement.dataset.ready")).isEqualTo("true");
    assertThat(String.valueOf(browser.run("return document.querySelector('main').innerText")))
        .contains(text)
        .doesNotContain("NaN")
        .doesNotContain("undefined")
        .doesNotContain("null");
    assertThat(browser.run("return document.querySelectorAll('[onerror]').length")).isEqualTo(0L);
    assertThat(browser.run("return document.querySelectorAll('#f-freezing').length")).isEqualTo(0L);
  }

  private static ReportData data(List<TrialRow> rows, Gallery gallery) {
    return new ReportData(
        Optional.of(JOB), Comparison.of(rows), List.of(), List.of(), List.of(), List.of(), gallery);
  }

  private static TrialRow succeeded(String picture, Spectrum... spectra) {
    return TrialRow.of(SampleResults.succeeded(trial(picture), 25.5, 0.8, spectra));
  }

  private static TrialRow failed(String picture) {
    return TrialRow.of(
        SampleResults.failed(trial(picture), Status.FAILED, "no picture: " + picture));
  }

  private static Trial trial(String picture) {
    return SampleResults.trial(
        SampleResults.photo(picture), SampleResults.multigrid(50), 100, picture.length());
  }
}
