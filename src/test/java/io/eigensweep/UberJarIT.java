package io.eigensweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the jar that users submit. */
class UberJarIT {
  private static final Path JAR = Path.of(System.getProperty("eigensweep.jar"));

  private static List<String> entries;
  private static String mainClass;

  @BeforeAll
  static void open() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      entries = jar.stream().map(JarEntry::getName).toList();
      mainClass = jar.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org/apache/spark/",
        "org/apache/hadoop/",
        "org/apache/parquet/",
        "com/fasterxml/jackson/",
        "org/apache/logging/log4j/",
        "org/slf4j/",
        "scala/",
        "log4j2.properties",
        "org/junit/",
      })
  void leavesOutWhatSparkBrings(String prefix) {
    assertThat(entries).noneMatch(name -> name.startsWith(prefix));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io/eigensweep/cli/Main.class",
        "dev/ludovic/netlib/blas/JNIBLAS.class",
        "resources/native/Linux-amd64/libnetlibblasjni.so",
        "org/bytedeco/openblas/global/openblas.class",
        "org/bytedeco/openblas/linux-x86_64/libopenblas.so.0",
        "org/bytedeco/openblas/linux-x86_64/libjniopenblas.so",
        "org/bytedeco/openblas/linux-arm64/libopenblas.so.0",
        "org/bytedeco/javacpp/linux-x86_64/libjnijavacpp.so",
        "META-INF/services/javax.imageio.spi.ImageReaderSpi",
      })
  void bringsItsNativeLibrariesUnderTheirOwnNames(String name) {
    assertThat(entries).contains(name);
  }

  @Test
  void startsTheCommandLine() {
    assertThat(mainClass).isEqualTo("io.eigensweep.cli.Main");
  }

  @Test
  void hasNoFileTwice() {
    assertThat(entries).doesNotHaveDuplicates();
  }
}
