package io.eigensweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which libraries run: those in the jar that users submit, and Spark's own where the scripts start
 * it. A change of any of them shows as a change of the list, and none may have a known hole.
 */
class ShippedLibrariesIT {
  private static final Path LIST = Path.of("docs/libraries.txt");
  private static final Pattern JAR = Pattern.compile("(.+?)-(\\d[\\w.]*)(?:-[\\w-]+)?\\.jar");
  private static final Pattern LICENSED =
      Pattern.compile("\\s+\\((.+)\\) .+ \\([^:\\s]+:([^:\\s]+):([^:\\s]+) - \\S+\\)");
  private static final Map<String, String> SHIPPED = new TreeMap<>();
  private static final Set<String> WITH_POM = new TreeSet<>();
  private static final Map<String, String> LICENCES = new TreeMap<>();

  /**
   * A published hole.
   *
   * @param artifact the library's name
   * @param fixed the first version without it
   * @param advisory its names
   * @param unreachable why it can't be reached in an older version, else empty
   */
  record Advisory(String artifact, String fixed, String advisory, String unreachable) {}

  @BeforeAll
  static void look() throws IOException {
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(Path.of("target/spark/jars"), "*.jar")) {
      for (Path jar : jars) {
        Matcher name = JAR.matcher(jar.getFileName().toString());
        assertThat(name.matches()).as(jar.toString()).isTrue();
        SHIPPED.put(name.group(1), name.group(2));
      }
    }
    try (JarFile jar = new JarFile(System.getProperty("eigensweep.jar"))) {
      for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
        if (entry.getName().matches("META-INF/maven/.*/pom.properties")) {
          Properties properties = new Properties();
          try (InputStream in = jar.getInputStream(entry)) {
            properties.load(in);
          }
          SHIPPED.put(properties.getProperty("artifactId"), properties.getProperty("version"));
          WITH_POM.add(
              library(properties.getProperty("artifactId"), properties.getProperty("version")));
        }
      }
      SHIPPED.remove("eigensweep");
      WITH_POM.removeIf(library -> library.startsWith("eigensweep "));
      try (InputStream in = jar.getInputStream(jar.getEntry("META-INF/THIRD-PARTY.txt"))) {
        new String(in.readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .forEach(ShippedLibrariesIT::takeLicence);
      }
    }
  }

  private static void takeLicence(String line) {
    Matcher licensed = LICENSED.matcher(line);
    if (licensed.matches()) {
      LICENCES.put(library(licensed.group(2), licensed.group(3)), licensed.group(1));
      SHIPPED.putIfAbsent(licensed.group(2), licensed.group(3));
    }
  }

  private static String library(String artifact, String version) {
    return artifact + " " + version;
  }

  static List<Advisory> advisories() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            ShippedLibrariesIT.class.getResourceAsStream("/libraries/advisories.tsv"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .map(cells -> new Advisory(cells[0], cells[1], cells[2], cells[3]))
          .toList();
    }
  }

  @Test
  void areThoseOfTheList() throws IOException {
    List<String> shipped =
        SHIPPED.entrySet().stream()
            .map(library -> library(library.getKey(), library.getValue()))
            .toList();
    List<String> listed =
        Files.readAllLines(LIST, StandardCharsets.UTF_8).stream()
            .filter(line -> !line.startsWith("#") && !line.isBlank())
            .toList();
    assertThat(new TreeSet<>(shipped)).as(LIST.toString()).isEqualTo(new TreeSet<>(listed));
  }

  /** Of those in the jar that users submit. */
  @Test
  void haveALicence() {
    assertThat(LICENCES.keySet()).containsAll(WITH_POM);
    assertThat(LICENCES).doesNotContainValue("Unknown license").hasSizeGreaterThanOrEqualTo(27);
  }

  @ParameterizedTest
  @MethodSource("advisories")
  void haveNoKnownHoleThatCanBeReached(Advisory hole) {
    String version = SHIPPED.get(hole.artifact());
    assertThat(version)
        .as("%s is not shipped any more: drop its line", hole.artifact())
        .isNotNull();
    if (hole.unreachable().isEmpty()) {
      assertThat(compare(Objects.requireNonNull(version), hole.fixed()))
          .as("%s %s has %s", hole.artifact(), version, hole.advisory())
          .isNotNegative();
    } else {
      assertThat(compare(Objects.requireNonNull(version), hole.fixed()))
          .as(
              "%s %s has no %s any more: drop the excuse",
              hole.artifact(), version, hole.advisory())
          .isNegative();
    }
  }

  @Test
  void versionsAreOrderedByTheirNumbers() {
    assertThat(compare("4.2.9.Final", "4.2.17.Final")).isNegative();
    assertThat(compare("2.22", "2.22.0")).isZero();
    assertThat(compare("2.22.10", "2.22.2")).isPositive();
  }

  private static int compare(String a, String b) {
    List<Integer> left = numbers(a);
    List<Integer> right = numbers(b);
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      int order =
          Integer.compare(i < left.size() ? left.get(i) : 0, i < right.size() ? right.get(i) : 0);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static List<Integer> numbers(String version) {
    return Pattern.compile("\\d+")
        .matcher(version)
        .results()
        .map(number -> Integer.parseInt(number.group()))
        .toList();
  }
}
