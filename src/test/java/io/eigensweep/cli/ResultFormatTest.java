package io.eigensweep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResultFormatTest {
  private static final List<String> COLUMNS = List.of("name", "n", "psnr", "bias", "λ");
  private static final List<List<@Nullable Object>> ROWS =
      List.of(
          Arrays.asList("a,\"b\"\nc", 1L, 39.8, true, List.of(1e-29, -0.5)),
          Arrays.asList("", 20, 7.0, false, null),
          Arrays.asList(null, null, Double.NaN, null, Map.of("k", "v")));

  private static String printed(ResultFormat format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    format.print(COLUMNS, ROWS.iterator(), out);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void csvQuotesAsRfc4180DoesAndEndsLinesAsShellsDo() {
    assertThat(printed(ResultFormat.CSV))
        .isEqualTo(
            """
            name,n,psnr,bias,λ
            "a,""b""
            c",1,39.8,true,"[1E-29,-0.5]"
            "",20,7,false,
            ,,NaN,,"{""k"":""v""}"
            """);
  }

  @Test
  void jsonIsOneObjectALine() {
    assertThat(printed(ResultFormat.JSON))
        .isEqualTo(
            """
            {"name":"a,\\"b\\"\\nc","n":1,"psnr":39.8,"bias":true,"λ":[1E-29,-0.5]}
            {"name":"","n":20,"psnr":7,"bias":false,"λ":null}
            {"name":null,"n":null,"psnr":"NaN","bias":null,"λ":{"k":"v"}}
            """);
  }

  @Test
  void tableIsAlignedWithNumbersToTheRight() {
    assertThat(printed(ResultFormat.TABLE))
        .isEqualTo(
            """
            name        n  psnr  bias   λ
            -------  ----  ----  -----  ------------
            a,"b"⏎c     1  39.8  true   [1E-29,-0.5]
                       20     7  false  NULL
            NULL     NULL   NaN  NULL   {"k":"v"}
            """);
  }

  @Test
  void asksForNoMoreRowsWhenNobodyReads() {
    Iterator<List<@Nullable Object>> endless =
        Stream.generate(() -> Arrays.<@Nullable Object>asList("a", 1, 2.0, true, "b")).iterator();
    for (ResultFormat format : List.of(ResultFormat.CSV, ResultFormat.JSON)) {
      ClosingReader reader = new ClosingReader(200);
      PrintStream out = new PrintStream(reader, false, StandardCharsets.UTF_8);

      assertThatThrownBy(() -> format.print(COLUMNS, endless, out))
          .isInstanceOf(OutputClosedException.class);
      assertThat(reader.refused).isEqualTo(1);
    }
  }

  /** Takes some bytes, then fails as a pipe does whose reader has ended. */
  private static final class ClosingReader extends OutputStream {
    private int left;
    private int refused;

    ClosingReader(int bytes) {
      this.left = bytes;
    }

    @Override
    public void write(int value) throws IOException {
      if (left-- <= 0) {
        refused++;
        throw new IOException("broken pipe");
      }
    }
  }

  @Test
  void instantsAreIso8601() {
    assertThat(Cells.text(Instant.parse("2026-01-02T03:04:05.123456Z")))
        .isEqualTo("2026-01-02T03:04:05.123456Z");
  }

  @Test
  void emptyContainersAreJsonToo() {
    assertThat(Json.of(Map.of())).isEqualTo("{}");
    assertThat(Json.of(List.of())).isEqualTo("[]");
  }
}
