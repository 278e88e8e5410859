package io.eigensweep.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HadoopPathsTest {
  @TempDir java.nio.file.Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lr[1]",
        "{a,b}",
        "a*b?",
        "back\\slash",
        "2026-01-31T07:00",
        "a:b",
        "h#1 %41",
        " blank ",
        "k\u00f6ln",
        "ko\u0308ln",
        "\u96ea",
        "x=1"
      })
  void takesANameAsItIs(String name) throws IOException {
    Files.createDirectory(folder.resolve(name));
    Files.writeString(folder.resolve(name).resolve(name), "here");
    FileSystem fs = FileSystem.getLocal(new Configuration()).getRawFileSystem();
    Path path = fs.makeQualified(HadoopPaths.of(folder + "/" + name));

    assertThat(fs.getFileStatus(HadoopPaths.child(path, name)).getLen()).isEqualTo(4);
    assertThat(HadoopPaths.local(HadoopPaths.child(path, name))).hasContent("here");
    assertThat(HadoopPaths.of(path.toString())).isEqualTo(path);
    assertThat(HadoopPaths.of(folder.resolve(name))).isEqualTo(path);
    assertThat(fs.makeQualified(HadoopPaths.of(name)).getName()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "hdfs://host:8020/a%20b, hdfs, /a%20b",
    "s3a://bucket/x?y, s3a, /x?y",
    "file:/tmp/a, file, /tmp/a",
    "file:///tmp/a:b, file, /tmp/a:b",
    "//tmp/a, , /tmp/a",
    "2026:/a, , ./2026:/a"
  })
  void knowsUrisByTheirSchemeAndSlash(String text, String scheme, String path) {
    assertThat(HadoopPaths.of(text).toUri().getScheme()).isEqualTo(scheme);
    assertThat(HadoopPaths.of(text).toUri().getPath()).isEqualTo(path);
  }

  @Test
  void refusesWhatIsNoName() {
    assertThatThrownBy(() -> HadoopPaths.of("")).hasMessage("it is empty");
    assertThatThrownBy(() -> HadoopPaths.of("a\nb")).hasMessageContaining("U+000A");
    assertThatThrownBy(() -> HadoopPaths.of("a\0b")).hasMessageContaining("U+0000");
  }
}
