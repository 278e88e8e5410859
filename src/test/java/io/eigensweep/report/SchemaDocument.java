package io.eigensweep.report;

import io.eigensweep.measure.Field;
import io.eigensweep.result.Tables;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Renders {@code docs/results-schema.md} from the columns' definitions. After a change of the
 * columns: {@value #COMMAND}.
 */
public final class SchemaDocument {
  /** The command that renders the document anew. */
  public static final String COMMAND =
      "mvn -q test-compile && java -cp target/classes:target/test-classes"
          + " io.eigensweep.report.SchemaDocument > docs/results-schema.md";

  private SchemaDocument() {}

  /** Prints the document. */
  public static void main(String[] args) {
    new PrintStream(
            new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8)
        .print(render());
  }

  /** The document. */
  public static String render() {
    StringBuilder out = new StringBuilder();
    out.append(
        """
        # The result tables

        Made from the definitions of the columns (`io.eigensweep.result.Tables`) by

            %s

        A row file `trials/<id>.parquet` holds the columns of `trials`, then `curve`, `spectra` and
        `modes` as lists of structs with the columns of `curves`, `spectra` and `modes` but `trial_id`.
        The flat tables are what `aggregate` writes to `tables/`. NaN and infinity are never stored: a number that is not
        finite, or was not reached, is NULL. Types are those of Spark SQL; timestamps are UTC.
        """
            .formatted(COMMAND));
    section(out, "trials", "One row for each committed trial, whatever its fate.");
    section(out, "curves", "One row for each point of each learning curve.");
    section(
        out,
        "spectra",
        "One row for each term of the kernel (`total`, `mlp`, `grid`) at each checkpoint.");
    section(
        out,
        "modes",
        "What training did to the residual between two checkpoints, by eigenmode of the earlier"
            + " kernel and by\nradial frequency, beside what that kernel predicts. The"
            + " 64 largest eigenvalues stand alone, the others in\ngroups that grow.");
    section(
        out,
        "comparison",
        "One row for each encoding and setting, over its pictures and seeds. The rules of pairing,"
            + " of references and of\ncensored medians are told in"
            + " `io.eigensweep.aggregate.Comparison` and `Censored`.");
    section(
        out,
        "resolution",
        "The rows of `comparison` whose encoding has a grid, by its resolution.");
    return out.toString();
  }

  private static void section(StringBuilder out, String table, String text) {
    List<List<@Nullable String>> cells = new ArrayList<>();
    for (Field field : Tables.BY_NAME.getOrDefault(table, List.of())) {
      cells.add(
          List.of(
              field.name(),
              field.type().sql(),
              field.unit(),
              field.nullable() ? "yes" : "no",
              field.meaning()));
    }
    out.append("\n## ").append(table).append("\n\n").append(text).append("\n\n");
    out.append(
        Markdown.render(
            new Table(List.of("column", "type", "unit", "nullable", "meaning"), cells)));
  }
}
