package io.eigensweep.cli;

import io.eigensweep.claims.Claim;
import io.eigensweep.claims.ClaimFile;
import io.eigensweep.store.ResultStore;
import io.eigensweep.store.SweepFolder;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;

/**
 * The claims that a user writes down beside a job, before it is run: they go with it into the
 * folder of the sweep, where every verdict finds them.
 *
 * @param file where they are
 * @param text of the file
 * @param claims in it
 */
record OwnClaims(String file, String text, List<Claim> claims) {
  OwnClaims {
    claims = List.copyOf(claims);
  }

  /**
   * Those in the file {@code claims.yaml} in the folder of {@code jobFile}, if it is there.
   *
   * @throws io.eigensweep.job.JobException with line and key, where they are wrong
   * @throws UsageException where the paper has another claim of such a name
   */
  static Optional<OwnClaims> beside(String jobFile, Supplier<Configuration> conf) {
    String folder = jobFile.substring(0, jobFile.lastIndexOf('/') + 1);
    String file = folder + SweepFolder.CLAIMS;
    if (file.equals(jobFile) || !JobFiles.isThere(file, jobFile, conf)) {
      return Optional.empty();
    }
    String text = JobFiles.text(file, "file of claims", conf);
    OwnClaims own = new OwnClaims(file, text, ClaimFile.read(text, file));
    List<Claim> unused = StudyClaims.joined(ClaimFile.paper(), own.claims(), file);
    return Optional.of(own);
  }

  /** Those that the sweep in {@code store} has kept, as far as they name {@code study}. */
  static List<Claim> kept(ResultStore store, String study) {
    return store
        .claims()
        .map(
            text ->
                about(
                    study,
                    ClaimFile.read(
                        new String(text, StandardCharsets.UTF_8), store.claimsFile().toString())))
        .orElse(List.of());
  }

  /** Keeps the file in the folder of the sweep of {@code study}, and says what of it counts. */
  void keep(ResultStore store, String study, PrintStream notes) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    Optional<byte[]> earlier = store.claims();
    if (earlier.isPresent() && !Arrays.equals(earlier.get(), content)) {
      notes.println(file + " has changed since this sweep began; it replaces what was kept");
    }
    if (earlier.isEmpty() || !Arrays.equals(earlier.get(), content)) {
      store.write(store.claimsFile(), content);
    }
    long count = about(study, claims).size();
    notes.printf(
        Locale.ROOT,
        "%s: %d of its claims %s about %s%n",
        file,
        count,
        count == 1 ? "is" : "are",
        study);
  }

  private static List<Claim> about(String study, Collection<Claim> claims) {
    return claims.stream().filter(claim -> claim.study().equals(study)).toList();
  }
}
