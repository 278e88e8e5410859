package io.eigensweep.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A release of Spark with the Scala that it was made with. Another one than this program was built
 * for has other methods; it would fail at the first that is missing.
 *
 * @param spark its version, for example 4.2.0; empty when it is not known
 * @param scala Scala's, for example 2.13.18; its first two numbers count
 */
public record SparkRelease(String spark, String scala) {
  private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+).*");

  /** The release in this process. It is read from files: classes differ. */
  public static SparkRelease present() {
    return new SparkRelease(
        property("/spark-version-info.properties", "version"),
        property("/library.properties", "version.number"));
  }

  /** The release that this program was built for. */
  public static SparkRelease builtFor() {
    String build = "/io/eigensweep/build.properties";
    return new SparkRelease(property(build, "spark"), property(build, "scala"));
  }

  /**
   * Why this release can't be used where {@code wanted} is; nothing when it can: the same major
   * version, no older minor one, the same Scala. What is not known is not held against it.
   */
  public Optional<String> misfit(SparkRelease wanted) {
    Matcher mine = NUMBERS.matcher(spark);
    Matcher needed = NUMBERS.matcher(wanted.spark);
    boolean fits =
        !mine.matches()
            || !needed.matches()
            || (mine.group(1).equals(needed.group(1))
                && Integer.parseInt(mine.group(2)) >= Integer.parseInt(needed.group(2)));
    boolean sameScala =
        scala.isEmpty() || wanted.scala.isEmpty() || binary(scala).equals(binary(wanted.scala));
    return fits && sameScala
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "this is Spark %s with Scala %s; needed is Spark %s or a later one of its major"
                    + " version with Scala %s (see SPARK_HOME)",
                spark,
                binary(scala),
                wanted.spark,
                binary(wanted.scala)));
  }

  private static String binary(String version) {
    Matcher numbers = NUMBERS.matcher(version);
    return numbers.matches() ? numbers.group(1) + "." + numbers.group(2) : version;
  }

  private static String property(String resource, String key) {
    try (InputStream in = SparkRelease.class.getResourceAsStream(resource)) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty(key, "");
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + resource, e);
    }
  }
}
