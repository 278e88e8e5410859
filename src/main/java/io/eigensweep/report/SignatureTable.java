package io.eigensweep.report;

import io.eigensweep.aggregate.ComparisonRow;
import io.eigensweep.measure.FailureSignature;
import io.eigensweep.measure.KernelMeasures;
import io.eigensweep.measure.SymptomMeasures;
import io.eigensweep.settings.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What went wrong where: for each setting the trials with each signature and their figures. */
final class SignatureTable {
  /** What the table shows. */
  static final String NOTES =
      String.format(
          Locale.ROOT,
          """

          Trials of each setting by what went wrong in them, and the medians of the figures that show \
          it. blur: the output has less than %s of the energy of the picture's detail, which lies at \
          radial frequencies from half of Nyquist's on; beside it the detail's share of the picture's \
          and of the error's energy (0.80 for an error without structure). aliasing: the PSNR over \
          held-out pixels is %s dB or more below that over the trained ones. slow: more than %s of the \
          kernel's modes had too little training time, 2λt/(NC) < 1. not-lazy: the kernel moved by \
          more than %s of its norm. memory: the trial did not fit its machine.
          """,
          FailureSignature.DETAIL_KEPT,
          FailureSignature.HELD_OUT_GAP,
          FailureSignature.UNCONVERGED_MODES,
          FailureSignature.DRIFT);

  private SignatureTable() {}

  static Table of(List<ComparisonRow> rows) {
    List<String> header = new ArrayList<>(List.of("Setting", "trials"));
    for (FailureSignature signature : FailureSignature.values()) {
      header.add(Names.of(signature));
    }
    header.addAll(List.of("detail kept", "detail in picture", "detail in error"));
    header.addAll(List.of("unconverged modes", "slowest exponent", "kernel drift"));
    List<List<@Nullable String>> cells = new ArrayList<>();
    for (ComparisonRow row : rows) {
      List<@Nullable String> line = new ArrayList<>();
      line.add(row.setting());
      line.add(Integer.toString(row.trials()));
      for (FailureSignature signature : FailureSignature.values()) {
        line.add(Integer.toString(row.statistics().count(SymptomMeasures.column(signature))));
      }
      line.add(Format.share(row.moments(SymptomMeasures.DETAIL_KEPT).median()));
      line.add(Format.share(row.moments(SymptomMeasures.PICTURE_DETAIL).median()));
      line.add(Format.share(row.moments(SymptomMeasures.ERROR_DETAIL).median()));
      line.add(Format.share(row.moments(SymptomMeasures.UNCONVERGED_MODES).median()));
      line.add(Format.small(row.moments(SymptomMeasures.SLOWEST_MODE).median()));
      line.add(Format.share(row.moments(KernelMeasures.DRIFT).median()));
      cells.add(line);
    }
    return new Table(header, cells);
  }
}
