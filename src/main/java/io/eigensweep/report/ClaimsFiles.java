package io.eigensweep.report;

import io.eigensweep.claims.ClaimResult;
import io.eigensweep.settings.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The verdicts as files: {@code claims.md}, {@code .csv}, {@code .tex} and {@code .json}. */
public final class ClaimsFiles {
  /** One JSON object a line, with {@link ClaimsTable#FIELDS}: what SQL reads. */
  public static final String JSON = "claims.json";

  private ClaimsFiles() {}

  /** Hands name and content of each to {@code file}. */
  public static void write(List<ClaimResult> results, BiConsumer<String, byte[]> file) {
    Table table = ClaimsTable.of(results);
    write(file, "claims.csv", Csv.render(ClaimsTable.whole(results)));
    write(file, "claims.tex", Latex.render(table));
    write(file, JSON, json(results));
    write(file, "claims.md", markdown(results));
  }

  /** A page of its own. */
  public static String markdown(List<ClaimResult> results) {
    return "# Claims\n\n"
        + ClaimsTable.counts(results)
        + ".\n\n"
        + Markdown.render(ClaimsTable.of(results))
        + "\n"
        + ClaimsTable.notes(results);
  }

  /** One object a line; NULL where there is no value. */
  public static String json(List<ClaimResult> results) {
    StringBuilder out = new StringBuilder();
    for (ClaimResult result : results) {
      String separator = "{";
      for (var entry : ClaimsTable.values(result).entrySet()) {
        out.append(separator).append('"').append(entry.getKey()).append("\":");
        out.append(json(entry.getValue()));
        separator = ",";
      }
      out.append("}\n");
    }
    return out.toString();
  }

  private static String json(@Nullable Object value) {
    String text = Format.exact(value);
    return text == null ? "null" : value instanceof Number ? text : CanonicalJson.string(text);
  }

  private static void write(BiConsumer<String, byte[]> file, String name, String content) {
    file.accept(name, content.getBytes(StandardCharsets.UTF_8));
  }
}
