package io.eigensweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents at the root and in {@code docs/} as their readers meet them. */
class DocumentsTest {
  private static final int WIDTH = 120;
  private static final Path DECISIONS = Path.of("docs/decisions.md");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern FILE =
      Pattern.compile(
          "(?:docs|jobs|conf|sql|submit-scripts|\\.ci)/[\\w./-]*\\w|[A-Z]+\\.(?:md|cff)");
  private static final Pattern DECISION =
      Pattern.compile("### (\\d+)\\. (\\d{4}-\\d\\d-\\d\\d): .+");

  /** Not in tables, code, headings or where a link is too long to break. */
  @ParameterizedTest
  @MethodSource("documents")
  void breakTheirLines(Path document) throws IOException {
    List<String> faults = new ArrayList<>();
    boolean code = false;
    List<String> lines = Files.readAllLines(document, StandardCharsets.UTF_8);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.strip().startsWith("```")) {
        code = !code;
      } else if (!code && isProse(line) && line.codePointCount(0, line.length()) > WIDTH) {
        faults.add(document + ":" + (i + 1) + " " + line);
      }
    }
    assertThat(faults).as("lines of more than %d characters", WIDTH).isEmpty();
  }

  private static boolean isProse(String line) {
    return !line.strip().startsWith("|")
        && !line.startsWith("#")
        && !line.startsWith("    ")
        && !line.contains("](")
        && !line.contains("://");
  }

  @ParameterizedTest
  @MethodSource("documents")
  void linkToWhatIsThere(Path document) throws IOException {
    List<String> missing = new ArrayList<>();
    String text = Files.readString(document, StandardCharsets.UTF_8);
    for (String target : firstGroups(LINK, text)) {
      if (!target.contains("://") && !leads(document, target)) {
        missing.add(target);
      }
    }
    assertThat(missing).as(document.toString()).isEmpty();
  }

  private static boolean leads(Path document, String target) throws IOException {
    String[] parts = target.split("#", 2);
    Path file = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]).normalize();
    return Files.exists(file) && (parts.length == 1 || anchors(file).contains(parts[1]));
  }

  /** As GitHub makes them: small letters, digits, hyphens for blanks. */
  private static Set<String> anchors(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
      return lines
          .filter(line -> line.startsWith("#"))
          .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
          .map(line -> line.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
          .collect(Collectors.toCollection(HashSet::new));
    }
  }

  /** Files of the checkout that a document names in code. */
  @ParameterizedTest
  @MethodSource("documents")
  void nameFilesThatAreThere(Path document) throws IOException {
    List<String> missing = new ArrayList<>();
    String text = Files.readString(document, StandardCharsets.UTF_8);
    for (String code : firstGroups(CODE, text)) {
      Matcher file = FILE.matcher(code);
      if (file.matches() && !Files.exists(Path.of(code))) {
        missing.add(code);
      }
    }
    assertThat(missing).as(document.toString()).isEmpty();
  }

  /** Spark's printf shows a NULL as the word, cut to the precision: {@code < n}. */
  @Test
  void formatNoNumberOfThePaperThatIsMissing() throws IOException {
    String page = Files.readString(Path.of("docs/paper.md"), StandardCharsets.UTF_8);
    assertThat(page.replaceAll("\\s+", " "))
        .doesNotContainPattern("(?<!NULL, |IS NOT NULL THEN |\\) THEN |'', )printf\\(");
  }

  @Test
  void decisionsAreNumberedInTheOrderOfTheirDates() throws IOException {
    List<String> lines = Files.readAllLines(DECISIONS, StandardCharsets.UTF_8);
    List<MatchResult> decisions =
        lines.stream()
            .filter(line -> line.startsWith("#") && !line.equals("# Decisions"))
            .map(DocumentsTest::decision)
            .toList();
    assertThat(decisions.stream().map(decision -> Integer.parseInt(decision.group(1))))
        .isEqualTo(IntStream.rangeClosed(1, decisions.size()).boxed().toList());
    assertThat(decisions.stream().map(decision -> decision.group(2))).isSorted();
    assertThat(lines)
        .as("a decision begins with a heading: ### number. date: title")
        .noneMatch(line -> line.startsWith("**20"));
  }

  @Test
  void nameOneVersion() throws IOException {
    String version =
        first("<artifactId>eigensweep</artifactId>\\s*<version>(.+?)</version>", "pom.xml");
    assertThat(first("(?m)^version: (.+)$", "CITATION.cff")).isEqualTo(version);
    assertThat(first("(?m)^## (\\d\\S*)", "CHANGELOG.md")).isEqualTo(version);
    for (Path document : documents()) {
      String text = Files.readString(document, StandardCharsets.UTF_8);
      assertThat(firstGroups(Pattern.compile("eigensweep-(\\d[\\w.-]*)\\.jar"), text))
          .as(document.toString())
          .allMatch(version::equals);
    }
  }

  private static String first(String pattern, String file) throws IOException {
    return firstGroups(Pattern.compile(pattern), Files.readString(Path.of(file))).get(0);
  }

  private static MatchResult decision(String heading) {
    Matcher matcher = DECISION.matcher(heading);
    assertThat(matcher.matches()).as(heading).isTrue();
    return matcher.toMatchResult();
  }

  private static List<String> firstGroups(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(found -> found.group(1)).toList();
  }

  static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>();
    for (String folder : List.of("", "docs")) {
      try (Stream<Path> files = Files.list(Path.of(folder))) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
      }
    }
    return documents.stream().sorted().toList();
  }
}
