package io.eigensweep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.eigensweep.aggregate.Quantiles;
import io.eigensweep.report.Browser;
import io.eigensweep.store.ResultStore;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * The report of a small sweep like the quickstart's, from {@code file://} in a browser: three
 * encodings on drawn pictures, on one file with an ugly name and on one that is no picture.
 */
class ReportPageTest {
  private static final String BROKEN = "<img src=x onerror=document.title='pwned'>.JPEG";
  private static final String UGLY = "<!-- <script>&amp; 'a' \"b\" {{title}} $1 ü.png";
  private static final List<String> PLOTS =
      List.of(
          "spectra",
          "spectra-grid",
          "lambda-resolution",
          "psnr-resolution",
          "ms-ssim-resolution",
          "psnr-lambda",
          "ms-ssim-lambda",
          "loss",
          "psnr-epochs",
          "lambda-epochs",
          "drift",
          "cost",
          "psnr-cost",
          "radial");

  private static final Path SHOTS = Path.of("target", "report-screenshots");

  @TempDir static Path folder;
  private static Path page;
  private static @Nullable Browser browser;
  private static List<String> requests;

  @BeforeAll
  static void sweepAndLoad() throws IOException {
    browser = Browser.open(1280, 900, false);
    Path pictures = Files.createDirectories(folder.resolve("pictures/a class"));
    Files.writeString(pictures.resolve(BROKEN), "no picture");
    ImageIO.write(noise(), "png", pictures.resolve(UGLY).toFile());
    Path job = folder.resolve("job.yaml");
    Files.writeString(
        job,
        """
        name: small-quickstart
        signal:
          - {type: generated, kind: [dead-leaves, glyphs], size: 32}
          - {type: imagenet, root: "PICTURES", images-per-synset: 10, size: 32}
        encoding:
          - {type: identity}
          - {type: fourier, levels: 3}
          - {type: multigrid, levels: 2, features: 2, resolution: [8, 16]}
        network: {hidden-layers: 1, width: 32}
        training: {learning-rate: 30, epochs: 12, batch-size: 128}
        ntk: {points: 64, epochs: [init, half, last]}
        artifacts: [weights, reconstruction]
        seeds: [0, 1]
        """
            .replace("PICTURES", folder.resolve("pictures").toString()));
    Files.writeString(
        folder.resolve("claims.yaml"),
        """
        claims:
          - id: a-claim-whose-name-is-as-long-as-those-of-the-paper
            text: A grid reconstructs drawn pictures fifteen decibels better than plain coordinates do
            source: nowhere in particular, but said at length
            study: small-quickstart
            quantity: psnr
            of: {encoding: multigrid, resolution: largest}
            over: {encoding: identity}
            rule: {at-least: 15}
            paper: 15
          - id: open
            text: λ_min changes by less than a factor of two
            study: small-quickstart
            quantity: spectra.lambda_min
            scope: window
            orders: true
            of: {encoding: multigrid}
            over: {encoding: multigrid, epoch: half}
            statistic: median
            rule: {within: [-0.301, 0.301]}
        """);
    String out = folder.resolve("out").toString();
    Program sweep = Program.run("sweep", job.toString(), "--out", out);
    assertThat(sweep.out()).contains("24 SUCCEEDED", "8 FAILED");
    Program aggregate = Program.run("aggregate", "--out", out);
    assertThat(aggregate.code()).as(aggregate.err()).isZero();
    page = folder.resolve("out/report/index.html");
    requests = opened().load(page);
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void loadsWithoutARequestAndWithoutAComplaint() {
    assertThat(requests).isEmpty();
    assertThat(opened().complaints()).isEmpty();
    assertThat(run("return document.documentElement.dataset.ready")).isEqualTo("true");
    assertThat(page).isRegularFile();
    assertThat(page.toFile().length()).isLessThan(3_000_000);
  }

  @Test
  void everyPlotShowsTheValuesOfTheTableUnderIt() {
    assertThat(strings("[...document.querySelectorAll('[data-plot]')].map(c => c.dataset.plot)"))
        .containsExactlyElementsOf(PLOTS);
    for (String plot : PLOTS) {
      List<Object> drawn = new ArrayList<>(list(DRAWN, plot));
      // What lies in a strip is drawn apart from its series.
      assertThat(drawn)
          .as(plot)
          .isNotEmpty()
          .containsExactlyInAnyOrderElementsOf(list(WRITTEN, plot));
      assertThat(text("#f-" + plot + " figcaption")).as(plot).isNotBlank();
      WebElement chart = find("[data-plot='" + plot + "']");
      assertThat(chart.getAttribute("role")).isEqualTo("img");
      assertThat(chart.getAttribute("aria-label")).as(plot).contains("series");
      assertThat(chart.findElements(By.cssSelector("svg path"))).as(plot).isNotEmpty();
    }
  }

  @Test
  void plotsShowTheNumbersOfTheComparison() throws IOException {
    for (Map<String, String> row : csv("resolution.csv")) {
      double resolution = Double.parseDouble(cell(row, "resolution"));
      assertThat(y("psnr-resolution", cell(row, "setting"), resolution))
          .isEqualTo(Double.parseDouble(cell(row, "psnr_mean")));
      String median = cell(row, "lambda_min_median");
      assertThat(y("lambda-resolution", cell(row, "setting"), resolution))
          .isEqualTo(
              Double.parseDouble(median.isEmpty() ? cell(row, "lambda_min_median_upper") : median));
    }
    for (Map<String, String> row : csv("comparison.csv")) {
      assertThat(y("cost", cell(row, "setting"), 0))
          .isEqualTo(Double.parseDouble(cell(row, "train_seconds_mean")));
    }
  }

  @Test
  void bandsAreTheQuantilesOfTheRows() throws IOException {
    List<Double> losses = new ArrayList<>();
    List<Double> fourth = new ArrayList<>();
    for (var id : store().committed()) {
      Map<String, @Nullable Object> row = store().row(id);
      if ("fourier".equals(row.get("encoding")) && "SUCCEEDED".equals(row.get("status"))) {
        losses.add(value(row.get("loss")));
        for (Object entry : (List<?>) Objects.requireNonNull(row.get("spectra"))) {
          Map<?, ?> spectrum = (Map<?, ?>) entry;
          if ("total".equals(spectrum.get("term"))
              && "window".equals(spectrum.get("scope"))
              && Objects.equals(spectrum.get("epoch"), 12)) {
            fourth.add(
                value(((List<?>) Objects.requireNonNull(spectrum.get("eigenvalues"))).get(60)));
          }
        }
      }
    }
    assertThat(losses).hasSize(6);
    assertThat(model("loss", "fourier L=3", 12)).isEqualTo(Quantiles.of(losses));
    Quantiles expected = Quantiles.of(fourth);
    Quantiles shown = model("spectra", "fourier L=3", 4); // the fourth largest of 64
    assertThat(shown.low()).isCloseTo(value(expected.low()), within(1e-15));
    assertThat(shown.median()).isCloseTo(value(expected.median()), within(1e-15));
    assertThat(shown.high()).isCloseTo(value(expected.high()), within(1e-15));
  }

  @Test
  void freezingIsShownBesideWhatTheKernelThatActsPredicts() throws IOException {
    Path job = folder.resolve("arms.yaml");
    Files.writeString(
        job,
        """
        name: arms
        signal: {type: generated, kind: dead-leaves, size: 16}
        encoding: {type: multigrid, levels: 2, features: 2, resolution: 12}
        network: {hidden-layers: 1, width: 64}
        training:
          - {learning-rate: 5, epochs: 12, batch-size: 256}
          - {learning-rate: 5, epochs: 12, batch-size: 256, freeze-grid-at: [0, 6]}
          - {learning-rate: 5, epochs: 12, batch-size: 256, freeze-network-at: 6}
        ntk: {points: 256, epochs: [init, half, last]}
        seeds: [0]
        """);
    Path out = folder.resolve("arms");
    Program sweep = Program.run("sweep", job.toString(), "--out", out.toString());
    assertThat(sweep.out()).contains("4 SUCCEEDED");
    Program aggregate = Program.run("aggregate", "--out", out.toString());
    assertThat(aggregate.code()).as(aggregate.err()).isZero();
    try (Browser other = Browser.open(1280, 900, false)) {
      other.load(out.resolve("report/index.html"));
      List<?> drawn = (List<?>) Objects.requireNonNull(other.run(DRAWN, "freezing"));
      assertThat(drawn).isNotEmpty().isEqualTo(other.run(WRITTEN, "freezing"));
      assertThat(other.complaints()).isEmpty();
      List<?> marked =
          (List<?>)
              Objects.requireNonNull(
                  other.run(
                      "return echarts.getInstanceByDom(document.querySelector("
                          + "'[data-plot=freezing]')).getOption().series"
                          + ".filter(s => s.name === 'marks')"
                          + ".map(s => s.markLine.data.map(d => d.xAxis).join())"));
      assertThat(marked).isEqualTo(List.of("6", "6"));
      other.screenshot(SHOTS.resolve("freezing.png"));
      other.size(390, 844);
      other.load(out.resolve("report/index.html"));
      other.screenshot(SHOTS.resolve("freezing-390.png"));
      assertThat(other.run("return document.documentElement.scrollWidth")).isEqualTo(390L);

      ResultStore arms = new ResultStore(out.toUri(), new Configuration());
      for (var id : arms.committed()) {
        Map<String, @Nullable Object> row = arms.row(id);
        Object grid = row.get("freeze_grid_at");
        Object network = row.get("freeze_network_at");
        String arm =
            grid != null
                ? "grid frozen at " + grid
                : network != null ? "network frozen at " + network : "not frozen";
        String term = grid != null ? "mlp" : network != null ? "grid" : "total";
        double[] decay = decay(row, term);
        assertThat(number(drawn, "predicted, " + arm)).isCloseTo(decay[0], withinPercentage(1e-4));
        assertThat(number(drawn, "loss on the kernel’s points, " + arm))
            .isCloseTo(decay[1], withinPercentage(1e-4));
        // The kernel that acts predicts better than the whole one.
        double whole = decay(row, "total")[0];
        assertThat(Math.abs(Math.log(decay[0] / decay[1])))
            .as(
                "%s: predicted %s, by the whole kernel %s, observed %s",
                arm, decay[0], whole, decay[1])
            .isLessThan(term.equals("total") ? 0.2 : Math.abs(Math.log(whole / decay[1])));
        assertThat(number(drawn, "loss, " + arm))
            .isCloseTo(value(row.get("loss")), withinPercentage(1e-4));
      }
    }
  }

  /**
   * Mean squared errors of the last checkpoint: under a term of the kernel of epoch 6, and seen.
   */
  private static double[] decay(Map<String, @Nullable Object> row, String term) {
    List<?> eigenvalues = List.of();
    for (Object entry : (List<?>) Objects.requireNonNull(row.get("spectra"))) {
      Map<?, ?> spectrum = (Map<?, ?>) entry;
      if (term.equals(spectrum.get("term")) && Objects.equals(spectrum.get("epoch"), 6)) {
        eigenvalues = (List<?>) Objects.requireNonNull(spectrum.get("eigenvalues"));
      }
    }
    double[] decay = new double[2];
    for (Object entry : (List<?>) Objects.requireNonNull(row.get("modes"))) {
      Map<?, ?> group = (Map<?, ?>) entry;
      if (!"eigen".equals(group.get("basis")) || !Objects.equals(group.get("from_epoch"), 6)) {
        continue;
      }
      int first = (int) value(group.get("mode"));
      int count = (int) value(group.get("count"));
      double own = 0;
      for (int rank = first; rank < first + count; rank++) {
        own += value(eigenvalues.get(eigenvalues.size() - 1 - rank)) / count;
      }
      double before = value(group.get("energy_before"));
      double left = value(group.get("energy_predicted")) / before;
      double share = Math.max(0, Math.min(1, own / value(group.get("eigenvalue"))));
      decay[0] += before * Math.pow(left, share);
      decay[1] += value(group.get("energy"));
    }
    return decay;
  }

  /** The last number of a series as drawn. */
  private static double number(List<?> drawn, String series) {
    return drawn.stream()
        .map(String::valueOf)
        .filter(line -> line.startsWith(series + "|"))
        .reduce((first, second) -> second)
        .map(line -> Double.parseDouble(line.substring(line.lastIndexOf('|') + 1)))
        .orElseThrow();
  }

  @Test
  void namesFromDataAreTextEverywhere() {
    assertThat(opened().driver().getTitle()).contains("small-quickstart");
    assertThat(text("#failures")).contains(BROKEN);
    assertThat(
            run("return document.querySelectorAll('[onerror], #failures img, main script').length"))
        .isEqualTo(0L);
    assertThat(strings("[...document.querySelectorAll('#picture option')].map(o => o.textContent)"))
        .hasSize(3)
        .anyMatch(name -> name.contains(UGLY));
  }

  @Test
  void thePickerShowsAnotherPictureByKeyboard() {
    WebElement picker = find("#picture");
    String before = shownImages();
    assertThat(before).contains("Reconstruction of multigrid").contains("Original of");
    assertThat(before).contains("Error of identity").contains("Grid level 1 of multigrid");
    picker.sendKeys(Keys.ARROW_DOWN);
    String after = shownImages();
    assertThat(after).isNotEqualTo(before);
    find("button[aria-label='Previous picture']").sendKeys(Keys.ENTER);
    assertThat(shownImages()).isEqualTo(before);
    assertThat(
            run(
                "return [...document.querySelectorAll('.gallery img')].every("
                    + "i => i.complete && i.naturalWidth > 0)"))
        .isEqualTo(true);
    for (String link : strings("[...document.querySelectorAll('.gallery a')].map(a => a.href)")) {
      assertThat(Path.of(URI.create(link))).isRegularFile();
    }
  }

  @Test
  void settingsAndColoursAreSwitchedByKeyboard() {
    int all = list(DRAWN, "loss").size();
    WebElement chip = find("#filter .chip");
    chip.sendKeys(Keys.SPACE);
    assertThat(chip.getAttribute("aria-pressed")).isEqualTo("false");
    assertThat(list(DRAWN, "loss").size()).isLessThan(all);
    chip.sendKeys(Keys.SPACE);
    assertThat(list(DRAWN, "loss")).hasSize(all);

    String light = String.valueOf(run("return getComputedStyle(document.body).backgroundColor"));
    find("#theme").sendKeys(Keys.ENTER);
    assertThat(run("return getComputedStyle(document.body).backgroundColor")).isNotEqualTo(light);
    find("#theme").sendKeys(Keys.ENTER);
    assertThat(run("return getComputedStyle(document.body).backgroundColor")).isEqualTo(light);
  }

  @Test
  void fitsADesktopAndAPhoneInLightAndDark() throws IOException {
    for (boolean dark : List.of(false, true)) {
      for (int width : List.of(1920, 1280, 390)) {
        try (Browser other = Browser.open(width, 844, dark)) {
          other.load(page);
          other.screenshot(SHOTS.resolve((dark ? "dark-" : "light-") + width + ".png"));
          assertThat(other.run("return document.documentElement.scrollWidth"))
              .isEqualTo((long) width);
          // Sentences are read, not scrolled.
          assertThat(other.run("return document.querySelectorAll('.claims tbody tr').length"))
              .isEqualTo(2L);
          assertThat(
                  other.run(
                      "const box = document.querySelector('.claims');"
                          + " return box.scrollWidth - box.clientWidth"))
              .isEqualTo(0L);
          assertThat(other.run("return document.documentElement.dataset.theme"))
              .isEqualTo(dark ? "dark" : "light");
          assertThat(other.complaints()).isEmpty();
        }
      }
    }
  }

  /** The numbers in a plot's series. */
  private static final String DRAWN =
      """
      const node = document.querySelector(`[data-plot='${arguments[0]}']`);
      const digits = v => Number.isInteger(v) ? String(v) : String(Number(v.toPrecision(8)));
      return echarts.getInstanceByDom(node).getOption().series
        .filter(s => s.type !== 'custom' && s.name !== 'marks')
        .flatMap(s => s.data.map(d => {
          const placed = s.type === 'bar' ? [d.point.x, d.value] : d.value;
          const there = (at, of) => at === of || Math.abs(10 ** at / of - 1) <= 1e-9;
          const off = [[placed[0], d.point.x], [placed[1], d.point.y]].filter(([at, of]) => !there(at, of));
          if (off.length > (d.point.unresolved ? 1 : 0)) throw new Error(off.join(' '));
          return [s.name, s.type === 'bar' ? d.point.x : digits(d.point.x), digits(d.point.y)].join('|');
        }));
      """;

  /** The numbers in the table under it, those that a logarithmic axis can show. */
  private static final String WRITTEN =
      """
      const figure = document.getElementById('f-' + arguments[0]);
      const node = document.querySelector(`[data-plot='${arguments[0]}']`);
      const option = echarts.getInstanceByDom(node).getOption();
      const lowest = option.yAxis.length === 1 && option.yAxis[0].name.match(/eigen|λ|loss|error|squared/) ? option.yAxis[0].min : null;
      const box = figure.querySelector('details');
      if (!box.open) { box.open = true; box.dispatchEvent(new Event('toggle')); }
      const rows = [...figure.querySelectorAll('tbody tr')]
        .map(r => [...r.children].map(c => c.textContent));
      return rows.filter(r => lowest === null || Number(r[2]) >= 10 ** lowest * (1 - 1e-9) || r.some(c => c.startsWith('not resolved: <')))
        .map(r => [r[0], r[1], r[2]].join('|'));
      """;

  private static Browser opened() {
    return Objects.requireNonNull(browser);
  }

  private static ResultStore store() {
    return new ResultStore(folder.resolve("out").toUri(), new Configuration());
  }

  private static @Nullable Object run(String script, Object... arguments) {
    return opened().run(script, arguments);
  }

  private static List<?> list(String script, Object... arguments) {
    return (List<?>) Objects.requireNonNull(run(script, arguments));
  }

  private static List<String> strings(String expression) {
    return list("return " + expression).stream().map(String::valueOf).toList();
  }

  private static WebElement find(String selector) {
    return opened().driver().findElement(By.cssSelector(selector));
  }

  private static String text(String selector) {
    return String.valueOf(run("return document.querySelector(arguments[0]).textContent", selector));
  }

  private static String shownImages() {
    return String.join(
        "\n", strings("[...document.querySelectorAll('.gallery img')].map(i => i.alt)"));
  }

  /** The value of a series at x; of bars the first one of a category. */
  private static double y(String plot, String series, double x) {
    return ((Number)
            Objects.requireNonNull(
                run(
                    """
                    const node = document.querySelector(`[data-plot='${arguments[0]}']`);
                    const all = echarts.getInstanceByDom(node).getOption().series;
                    if (all[0].type === 'bar')
                      return all[0].data.find(d => d.point.x === arguments[1]).point.y;
                    return all.filter(s => s.name === arguments[1] && s.type !== 'custom')
                      .flatMap(s => s.data).find(d => d.point.x === arguments[2]).point.y;
                    """,
                    plot,
                    series,
                    x)))
        .doubleValue();
  }

  /** Median and band of a series at x. */
  private static Quantiles model(String plot, String series, int x) {
    List<?> found =
        list(
            """
            const node = document.querySelector(`[data-plot='${arguments[0]}']`);
            const point = echarts.getInstanceByDom(node).getOption().series
              .find(s => s.name === arguments[1] && s.type === 'line')
              .data.find(d => d.point.x === arguments[2]).point;
            return [point.low, point.y, point.high];
            """,
            plot,
            series,
            x);
    return new Quantiles(6, number(found, 0), number(found, 1), number(found, 2));
  }

  private static double number(List<?> values, int index) {
    return ((Number) values.get(index)).doubleValue();
  }

  private static double value(@Nullable Object number) {
    return ((Number) Objects.requireNonNull(number)).doubleValue();
  }

  private static String cell(Map<String, String> row, String column) {
    return Objects.requireNonNull(row.get(column));
  }

  private static List<Map<String, String>> csv(String name) throws IOException {
    List<String> lines =
        Files.readString(folder.resolve("out/report").resolve(name)).lines().toList();
    String comma = ",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)";
    String[] header = lines.get(0).split(comma, -1);
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(comma, -1);
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < header.length; i++) {
        row.put(header[i], cells[i]);
      }
      rows.add(row);
    }
    return rows;
  }

  private static BufferedImage noise() {
    BufferedImage image = new BufferedImage(40, 36, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(7);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    return image;
  }
}
