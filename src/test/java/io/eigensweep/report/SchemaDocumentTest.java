package io.eigensweep.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SchemaDocumentTest {

  @Test
  void documentSaysWhatTheCodeSays() throws IOException {
    assertThat(Files.readString(Path.of("docs", "results-schema.md")))
        .as("docs/results-schema.md is out of date; renew it: %s", SchemaDocument.COMMAND)
        .isEqualTo(SchemaDocument.render());
  }
}
