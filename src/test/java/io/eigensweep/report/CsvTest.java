package io.eigensweep.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {

  @Test
  void quotesWhatNeedsItAndTellsNothingFromEmpty() {
    Table table =
        new Table(
            List.of("plain", "comma", "quote", "line", "nothing", "empty"),
            List.of(Arrays.asList("a b", "1,5", "say \"hi\"", "x\ny", null, "")));
    assertThat(Csv.render(table))
        .isEqualTo(
            "plain,comma,quote,line,nothing,empty\r\n"
                + "a b,\"1,5\",\"say \"\"hi\"\"\",\"x\ny\",,\"\"\r\n");
  }
}
