package io.eigensweep.cli;

import io.eigensweep.claims.Claim;
import io.eigensweep.claims.ClaimFile;
import io.eigensweep.claims.ClaimResult;
import io.eigensweep.claims.ClaimRow;
import io.eigensweep.claims.Judge;
import io.eigensweep.report.ClaimsFiles;
import io.eigensweep.report.ClaimsTable;
import io.eigensweep.report.Csv;
import io.eigensweep.report.Latex;
import io.eigensweep.report.Table;
import io.eigensweep.settings.Names;
import io.eigensweep.store.ResultStore;
import io.eigensweep.store.Studies;
import io.eigensweep.trial.TrialId;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
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

  /** Rows whose eigenvalues, which no claim needs, are in memory at the same time. */
  private static final int AT_A_TIME = 256;

  private final PrintStream out;
  private final PrintStream err;
  private final Configuration conf;

  ClaimsCommand(PrintStream out, PrintStream err, Configuration conf) {
    this.out = out;
    this.err = err;
    this.conf = conf;
  }

  /** Judges the claims of the paper and of {@code files} by the sweeps in {@code studies}. */
  int run(Studies studies, List<String> files, Format format) {
    List<Claim> claims = claims(files);
    if (studies.sweeps().isEmpty()) {
      throw new UsageException(
          "there is no sweep in " + studies.folder() + " or its folders (no job.json)");
    }
    Map<String, List<ClaimRow>> rows = new HashMap<>();
    studies.sweeps().forEach((name, store) -> rows.put(name, rows(name, store, claims)));
    List<ClaimResult> results = Judge.judge(claims, rows);
    ClaimsFiles.write(results, studies::writeClaims);
    print(results, format);
    err.println(ClaimsTable.counts(results) + "; written to " + studies.claimsFolder());
    return 0;
  }

  private List<Claim> claims(List<String> files) {
    List<Claim> claims = new ArrayList<>(ClaimFile.paper());
    for (String file : files) {
      for (Claim claim : ClaimFile.read(JobInput.text(file, "file of claims", conf), file)) {
        if (claims.stream().anyMatch(other -> other.id().equals(claim.id()))) {
          throw new UsageException(file + ": there is another claim " + claim.id());
        }
        claims.add(claim);
      }
    }
    return claims;
  }

  /** The rows of a study, as far as the claims that name it need them. */
  private List<ClaimRow> rows(String study, ResultStore store, List<Claim> claims) {
    List<Claim> own = claims.stream().filter(claim -> claim.study().equals(study)).toList();
    List<ClaimRow> rows = new ArrayList<>();
    if (own.isEmpty()) {
      return rows;
    }
    List<TrialId> ids = List.copyOf(store.committed());
    for (int from = 0; from < ids.size(); from += AT_A_TIME) {
      List<TrialId> some = ids.subList(from, Math.min(ids.size(), from + AT_A_TIME));
      for (Map<String, @Nullable Object> row : store.rows(some, ClaimRow.columns(own))) {
        rows.add(ClaimRow.of(row::get, own));
      }
    }
    if (rows.size() < ids.size()) {
      err.println(
          study + ": " + (ids.size() - rows.size()) + " rows can't be read; they are left out");
    }
    return rows;
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
