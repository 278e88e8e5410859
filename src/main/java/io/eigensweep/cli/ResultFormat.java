package io.eigensweep.cli;

import io.eigensweep.report.Csv;
import io.eigensweep.settings.Names;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the rows of a query are printed. */
enum ResultFormat {
  /** Aligned text, numbers to the right; NULL is {@code NULL}. */
  TABLE {
    @Override
    void print(
        List<String> columns, Iterator<? extends List<@Nullable Object>> rows, PrintStream out) {
      AlignedText text = new AlignedText(columns, "NULL");
      rows.forEachRemaining(text::add);
      text.print(out);
    }
  },
  /** RFC 4180: a header, then rows; NULL is empty, and an empty string is {@code ""}. */
  CSV {
    @Override
    void print(
        List<String> columns, Iterator<? extends List<@Nullable Object>> rows, PrintStream out) {
      out.print(Csv.line(new ArrayList<>(columns)));
      rows.forEachRemaining(
          row -> {
            List<@Nullable String> cells = new ArrayList<>(row.size());
            row.forEach(value -> cells.add(value == null ? null : Cells.text(value)));
            out.print(Csv.line(cells));
            OutputClosedException.check(out);
          });
    }
  },
  /** One JSON object a line. */
  JSON {
    @Override
    void print(
        List<String> columns, Iterator<? extends List<@Nullable Object>> rows, PrintStream out) {
      rows.forEachRemaining(
          row -> {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
              object.put(columns.get(i), row.get(i));
            }
            out.print(Json.of(object) + "\n");
            OutputClosedException.check(out);
          });
    }
  };

  /**
   * Writes {@code rows}, each with one value per column, to {@code out}.
   *
   * @throws OutputClosedException when they are not wanted any more
   */
  abstract void print(
      List<String> columns, Iterator<? extends List<@Nullable Object>> rows, PrintStream out);

  /** Reads a format as it is spelled on the command line. */
  static final class Reader implements ITypeConverter<ResultFormat> {
    @Override
    public ResultFormat convert(String text) {
      return Names.constant(ResultFormat.class, text)
          .orElseThrow(
              () -> new TypeConversionException("must be table, csv or json, got " + text));
    }
  }
}
