package io.eigensweep.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.eigensweep.aggregate.Comparison;
import io.eigensweep.aggregate.ResolutionRow;
import io.eigensweep.claims.ClaimResult;
import io.eigensweep.store.FrozenJob;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The report as one HTML file that needs nothing else: style, scripts, data and pictures are inside
 * it, and its content security policy forbids every request. Tables are in the HTML itself; plots
 * and pictures are drawn by the script from the data.
 */
public final class HtmlReport {
  private static final List<String> SCRIPTS =
      List.of("base.js", "chart.js", "models.js", "page.js");
  private static final Pattern SLOT = Pattern.compile("\\{\\{([a-z]+)}}");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, String> SECTIONS = new LinkedHashMap<>();

  static {
    SECTIONS.put("summary", "Summary");
    SECTIONS.put("claims", "Claims");
    SECTIONS.put("comparison", "Comparison");
    SECTIONS.put("spectra", "Spectra");
    SECTIONS.put("resolution", "Resolution");
    SECTIONS.put("lambda", "λ and quality");
    SECTIONS.put("training", "Training");
    SECTIONS.put("cost", "Cost");
    SECTIONS.put("pictures", "Pictures");
    SECTIONS.put("failures", "Failures");
    SECTIONS.put("provenance", "What was run");
  }

  private final ReportData data;
  private final Comparison comparison;
  private final List<ClaimResult> verdicts;

  private HtmlReport(ReportData data, List<ClaimResult> verdicts) {
    this.data = data;
    this.verdicts = verdicts;
    this.comparison = data.comparison();
  }

  /** The whole file, with a section about claims where there are {@code verdicts}. */
  public static String render(ReportData data, List<ClaimResult> verdicts) {
    return new HtmlReport(data, verdicts).page();
  }

  private String page() {
    String title = data.job().map(text -> FrozenJob.parse(text).name()).orElse("Sweep");
    Map<String, String> slots = new TreeMap<>();
    slots.put("title", Html.text(title));
    slots.put("style", resource("page.css"));
    slots.put("nav", nav());
    slots.put("summary", PageSummary.render(data, title));
    slots.put("claims", claims());
    slots.put("comparison", tables());
    slots.put("failures", failures());
    slots.put("provenance", provenance());
    slots.put("footer", "Made by <code>eigensweep aggregate</code>; this file needs no network.");
    slots.put("data", new PageData(data).json());
    String library = echarts();
    String script =
        SCRIPTS.stream()
            .map(HtmlReport::resource)
            .collect(Collectors.joining("\n", "(() => {\n'use strict';\n", "\n})();\n"));
    slots.put("echarts", library);
    slots.put("script", script);
    slots.put("scripts", source(library) + " " + source(script));
    return SLOT.matcher(resource("page.html"))
        .replaceAll(slot -> Matcher.quoteReplacement(slots.getOrDefault(slot.group(1), "")));
  }

  /**
   * How a content security policy names the one script that it lets run. A browser counts a line's
   * end as one character.
   */
  private static String source(String script) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(script.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private String nav() {
    return SECTIONS.entrySet().stream()
        .filter(section -> !verdicts.isEmpty() || !section.getKey().equals("claims"))
        .map(section -> "<li><a href=\"#" + section.getKey() + "\">" + section.getValue() + "</a>")
        .collect(Collectors.joining());
  }

  private String claims() {
    if (verdicts.isEmpty()) {
      return "";
    }
    return "<section id=\"claims\" aria-labelledby=\"h-claims\">\n<h2 id=\"h-claims\">Claims</h2>\n"
        + Html.render(ClaimsTable.of(verdicts), ClaimsTable.counts(verdicts), "claims")
        + "<p class=\"notes\">"
        + Html.text(ClaimsTable.notes(verdicts).strip())
        + "</p>\n</section>\n";
  }

  private String tables() {
    StringBuilder out = new StringBuilder();
    out.append(
        Html.render(
            ComparisonTables.wide(comparison.rows()),
            "Settings over their pictures and seeds",
            "comparison"));
    List<ResolutionRow> resolutions = comparison.resolutions();
    if (resolutions.isEmpty()) {
      out.append("<p class=\"empty\">No encoding of this sweep has a grid resolution.</p>");
    } else {
      out.append(
          Html.render(
              ComparisonTables.wideByResolution(resolutions), "By resolution R", "comparison"));
    }
    out.append("<p class=\"notes\">")
        .append(Html.text(ReportFiles.notes(comparison.trials()).strip()))
        .append("</p>");
    return out.toString();
  }

  private String failures() {
    Table failures = Summary.failureTable(comparison.trials());
    String kinds =
        failures.cells().isEmpty()
            ? "<p class=\"empty\">Every committed trial has succeeded.</p>"
            : Html.render(failures, "Kinds of failures, the most frequent first", "failed-trials");
    return kinds
        + Html.render(SignatureTable.of(comparison.rows()), "What went wrong where", "signatures")
        + "<p class=\"soft\">"
        + Html.text(SignatureTable.NOTES.strip())
        + "</p>";
  }

  private String provenance() {
    StringBuilder out = new StringBuilder();
    Map<List<String>, Integer> counts = new LinkedHashMap<>();
    data.facts().forEach(fact -> counts.merge(fact.made(), 1, Integer::sum));
    List<List<@Nullable String>> cells = new ArrayList<>();
    counts.forEach(
        (made, count) -> {
          List<@Nullable String> line = new ArrayList<>(List.of(Integer.toString(count)));
          line.addAll(made);
          cells.add(line);
        });
    List<String> header =
        new ArrayList<>(Arrays.asList("Trials", "Version", "Commit", "Numerics", "Java"));
    header.addAll(List.of("Matrix library", "Processor", "Machine"));
    out.append(Html.render(new Table(header, cells), "Versions and machines", "made-by"));
    out.append(
        data.job()
            .map(
                text ->
                    "<details><summary>The job, with every default filled in</summary><pre tabindex=\"0\">"
                        + Html.text(pretty(text))
                        + "</pre></details>")
            .orElse("<p class=\"empty\">The folder has no job.json, so the job is not known.</p>"));
    return out.toString();
  }

  private static String pretty(String frozen) {
    try {
      JsonNode job = JSON.readTree(frozen).path("job");
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(job);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("job.json is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** The plotting library out of its own jar. */
  private static String echarts() {
    Properties version = new Properties();
    try (InputStream in = open("/io/eigensweep/build.properties")) {
      version.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String name = version.getProperty("echarts");
    return read("/META-INF/resources/webjars/echarts/" + name + "/dist/echarts.min.js");
  }

  private static String resource(String name) {
    return read("/io/eigensweep/report/" + name);
  }

  private static String read(String path) {
    try (InputStream in = open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String path) throws IOException {
    InputStream in = HtmlReport.class.getResourceAsStream(path);
    if (in == null) {
      throw new IOException("the jar has no " + path);
    }
    return in;
  }
}
