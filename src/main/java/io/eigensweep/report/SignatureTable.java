package io.eigensweep.report;

import io.eigensweep.aggregate.ComparisonRow;
import io.eigensweep.aggregate.Symptoms;
import io.eigensweep.measure.FailureSignature;
import io.eigensweep.spec.Names;
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
      Symptoms symptoms = row.symptoms();
      List<@Nullable String> line = new ArrayList<>();
      line.add(row.setting());
      line.add(Integer.toString(row.trials()));
      for (FailureSignature signature : FailureSignature.values()) {
        line.add(Integer.toString(symptoms.counts().getOrDefault(signature, 0)));
      }
      line.add(Format.share(symptoms.detailKept()));
      line.add(Format.share(symptoms.pictureDetailShare()));
      line.add(Format.share(symptoms.errorDetailShare()));
      line.add(Format.share(symptoms.unconvergedModes()));
      line.add(Format.small(symptoms.slowestModeExponent()));
      line.add(Format.share(symptoms.kernelDrift()));
      cells.add(line);
    }
    return new Table(header, cells);
  }
}
