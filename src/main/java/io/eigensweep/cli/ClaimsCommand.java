package io.eigensweep.cli;

import io.eigensweep.claims.Claim;
import io.eigensweep.claims.ClaimResult;
import io.eigensweep.claims.ClaimRow;
import io.eigensweep.claims.Judge;
import io.eigensweep.report.ClaimsFiles;
import io.eigensweep.report.ClaimsTable;
import io.eigensweep.report.Csv;
import io.eigensweep.report.Latex;
import io.eigensweep.report.Table;
import io.eigensweep.settings.Names;
import io.eigensweep.store.Studies;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Computes the verdicts about the paper's claims, and about a user's, from rows alone. */
final class ClaimsCommand {
  /** How the verdicts are printed. */
  enum Format {
    TEXT,
    JSON,
    CSV,
    MARKDOWN,
    LATEX;

    /** Reads a format as it is spelled on the command line. */
    static final class Reader implements ITypeConverter<Format> {
      @Override
      public Format convert(String text) {
        return Names.constant(Format.class, text)
            .orElseThrow(
                () ->
                    new TypeConversionException(
                        "must be text, json, csv, markdown or latex, got " + text));
      }
    }
  }

  private final PrintStream out;
  private final PrintStream err;
  private final Configuration conf;

  ClaimsCommand(PrintStream out, PrintStream err, Configuration conf) {
    this.out = out;
    this.err = err;
    this.conf = conf;
  }

  /** Judges the claims of the paper, of {@code files} and of the sweeps in {@code studies}. */
  int run(Studies studies, List<String> files, Format format) {
    List<Claim> asked = StudyClaims.read(files, conf);
    if (studies.sweeps().isEmpty()) {
      throw new UsageException(
          "there is no sweep in " + studies.folder() + " or its folders (no job.json)");
    }
    List<Claim> claims = StudyClaims.withKept(asked, studies.sweeps());
    Map<String, List<ClaimRow>> rows = new HashMap<>();
    studies
        .sweeps()
        .forEach((name, store) -> rows.put(name, StudyClaims.rows(name, store, claims, err)));
    List<ClaimResult> results = Judge.judge(claims, rows);
    ClaimsFiles.write(results, studies::writeClaims);
    print(results, format);
    err.println(ClaimsTable.counts(results) + "; written to " + studies.claimsFolder());
    return 0;
  }

  private void print(List<ClaimResult> results, Format format) {
    switch (format) {
      case TEXT -> {
        Table table = ClaimsTable.narrow(results);
        AlignedText text = new AlignedText(table.header(), "");
        table.cells().forEach(text::add);
        text.print(out);
      }
      case JSON -> out.print(ClaimsFiles.json(results));
      case CSV -> out.print(Csv.render(ClaimsTable.whole(results)));
      case MARKDOWN -> out.print(ClaimsFiles.markdown(results));
      case LATEX -> out.print(Latex.render(ClaimsTable.of(results)));
    }
    OutputClosedException.check(out);
  }
}
