package io.eigensweep.cli;

import io.eigensweep.claims.Claim;
import io.eigensweep.claims.ClaimFile;
import io.eigensweep.claims.ClaimResult;
import io.eigensweep.claims.ClaimRow;
import io.eigensweep.claims.Judge;
import io.eigensweep.store.FrozenJob;
import io.eigensweep.store.ResultStore;
import io.eigensweep.trial.TrialId;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** Claims, and what sweeps have for them. */
final class StudyClaims {
  /** Rows whose eigenvalues, which no claim needs, are in memory at the same time. */
  private static final int AT_A_TIME = 256;

  private StudyClaims() {}

  /** The paper's claims, then those in {@code files}. */
  static List<Claim> read(List<String> files, Configuration conf) {
    List<Claim> claims = ClaimFile.paper();
    for (String file : files) {
      String text = JobFiles.text(file, "file of claims", () -> conf);
      claims = joined(claims, ClaimFile.read(text, file), file);
    }
    return claims;
  }

  /** {@code claims}, then those that the sweeps have kept of a user's own, each about itself. */
  static List<Claim> withKept(List<Claim> claims, Map<String, ResultStore> sweeps) {
    List<Claim> all = claims;
    for (Map.Entry<String, ResultStore> sweep : sweeps.entrySet()) {
      ResultStore store = sweep.getValue();
      all = joined(all, OwnClaims.kept(store, sweep.getKey()), store.claimsFile().toString());
    }
    return all;
  }

  /** Both; one that is there twice, word for word, counts once. */
  static List<Claim> joined(List<Claim> claims, List<Claim> more, String file) {
    List<Claim> all = new ArrayList<>(claims);
    for (Claim claim : more) {
      if (!all.contains(claim)) {
        if (all.stream().anyMatch(other -> other.id().equals(claim.id()))) {
          throw new UsageException(file + ": there is another claim " + claim.id());
        }
        all.add(claim);
      }
    }
    return all;
  }

  /** The study that the sweep in {@code store} is. */
  static String study(ResultStore store) {
    return store.job().map(FrozenJob::name).orElse("");
  }

  /** The verdicts about those of {@code claims} that name the sweep in {@code store}. */
  static List<ClaimResult> judge(ResultStore store, List<Claim> claims, PrintStream notes) {
    String study = study(store);
    List<Claim> own = claims.stream().filter(claim -> claim.study().equals(study)).toList();
    return Judge.judge(own, Map.of(study, rows(study, store, own, notes)));
  }

  /**
   * The rows of a study, as far as the claims that name it need them.
   *
   * @param notes takes a line about rows that can't be read
   */
  static List<ClaimRow> rows(
      String study, ResultStore store, List<Claim> claims, PrintStream notes) {
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
      notes.println(
          study + ": " + (ids.size() - rows.size()) + " rows can't be read and are left out");
    }
    return rows;
  }
}
