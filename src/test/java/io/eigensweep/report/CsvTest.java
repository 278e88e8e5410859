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
            "plain,comma,quote,line,nothing,empty\n"
                + "a b,\"1,5\",\"say \"\"hi\"\"\",\"x\ny\",,\"\"\n");
  }

  @Test
  void noNameOfAPictureIsAFormula() {
    assertThat(
            Csv.line(
                List.of(
                    "=1+1", "+a", "-a.png", "@x", "\tx", "\r=1", "=HYPERLINK(\"x\",1)", "-1+A1")))
        .isEqualTo("'=1+1,'+a,'-a.png,'@x,'\tx,\"'\r=1\",\"'=HYPERLINK(\"\"x\"\",1)\",'-1+A1\n");
    assertThat(Csv.line(List.of("-1.5e-3", "+0.5", "-1.5 ± 0.2", "-1 [-2 -0.5]", "a=b", "-.5")))
        .isEqualTo("-1.5e-3,+0.5,-1.5 ± 0.2,-1 [-2 -0.5],a=b,-.5\n");
  }
}
