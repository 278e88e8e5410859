package io.eigensweep.claims;

import io.eigensweep.encoding.Encoding;
import io.eigensweep.ntk.Spectrum;
import io.eigensweep.result.RowFile;
import io.eigensweep.result.SampleResults;
import io.eigensweep.trial.TrialResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** Rows of a study, made by hand. */
final class ClaimRows {
  private static final Configuration CONF = new Configuration();

  private final List<TrialResult> results = new ArrayList<>();

  /** A trial on a picture that succeeded. */
  ClaimRows add(int picture, Encoding encoding, long seed, double psnr, Spectrum... spectra) {
    results.add(
        SampleResults.succeeded(
            SampleResults.trial(SampleResults.photo(picture + ".JPEG"), encoding, 100, seed),
            psnr,
            0.9,
            spectra));
    return this;
  }

  ClaimRows add(TrialResult result) {
    results.add(result);
    return this;
  }

  List<ClaimRow> rows(List<Claim> claims) {
    List<ClaimRow> rows = new ArrayList<>();
    for (TrialResult result : results) {
      Map<String, @Nullable Object> row = RowFile.stored(result, CONF);
      rows.add(ClaimRow.of(row::get, claims));
    }
    return rows;
  }
}
