package io.eigensweep.report;

import io.eigensweep.measure.Field;
import io.eigensweep.result.Tables;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Renders {@code sql/views.sql} from the columns' definitions: views over the flat tables for any
 * Spark SQL. Types are written out, so that nothing is inferred from the files.
 */
public final class ViewsScript {
  /** The command that renders the script anew. */
  public static final String COMMAND =
      "mvn -q test-compile && java -cp target/classes:target/test-classes"
          + " io.eigensweep.report.ViewsScript > sql/views.sql";

  private ViewsScript() {}

  /** Prints the script. */
  public static void main(String[] args) {
    new PrintStream(
            new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8)
        .print(render());
  }

  /** The script; statements end with a semicolon at the end of a line. */
  public static String render() {
    StringBuilder out = new StringBuilder();
    out.append("-- Views over the tables of a sweep, for any Spark SQL:\n--\n");
    out.append("--     spark-sql -d tables=URI_OF_THE_SWEEP/tables/CURRENT -i sql/views.sql\n--\n");
    out.append(
        "-- CURRENT is what the file tables/current says: the name of the folder that the\n");
    out.append("-- last run of aggregate has published. In a session of one's own the folder is\n");
    out.append("-- the property tables: SET tables=URI_OF_THE_SWEEP/tables/CURRENT\n--\n");
    out.append("-- Made from io.eigensweep.result.Tables by\n--\n");
    out.append("--     ").append(COMMAND).append("\n");
    for (Map.Entry<String, List<Field>> table : Tables.BY_NAME.entrySet()) {
      out.append("\nCREATE OR REPLACE TEMPORARY VIEW ").append(table.getKey()).append(" (\n");
      out.append(
          table.getValue().stream()
              .map(ViewsScript::column)
              .collect(Collectors.joining(",\n  ", "  ", "\n")));
      out.append(")\nUSING parquet\nOPTIONS (path '${tables}/");
      out.append(table.getKey()).append("');\n");
    }
    return out.toString();
  }

  private static String column(Field field) {
    return String.format(
        Locale.ROOT,
        "%s %s COMMENT '%s'",
        field.name(),
        field.type().sql(),
        field.described().replace("\\", "\\\\").replace("'", "\\'"));
  }
}
