package io.eigensweep.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of a row that depend on the path of its training; NaN stands for NULL.
 *
 * @param epoch when they were measured; {@value #EACH} when the entries are those of epoch 0, 1, …
 * @param logs whether they are logarithms, as those of losses, eigenvalues and energies are, which
 *     span orders of magnitude
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Series(int epoch, boolean logs, double[] values) {
  static final int EACH = -1;

  /** An energy below is that of no mode at all. */
  private static final double NO_ENERGY = 1e-300;

  /** A value that is not there. */
  static Series missing() {
    return new Series(EACH, false, new double[] {Double.NaN});
  }

  /** All of {@code row}, by name. */
  static Map<String, Series> of(Map<String, @Nullable Object> row) {
    Map<String, Series> all = new LinkedHashMap<>();
    double[] losses = Rows.field(row, "curve", "loss");
    all.put("curve.loss", logs(EACH, losses, 0));
    all.put("curve.psnr", new Series(EACH, false, Rows.field(row, "curve", "psnr")));
    row.forEach(
        (column, value) -> {
          if (Facts.ofPath(column, value)) {
            all.put(column, single(losses.length - 1, row, column));
          }
        });
    Rows.spectra(row).forEach((name, spectrum) -> spectrum(name, spectrum, all));
    modes(row, all);
    return all;
  }

  private static void spectrum(
      String name, Map<String, @Nullable Object> spectrum, Map<String, Series> all) {
    int epoch = (int) Rows.number(spectrum, "epoch");
    if (epoch == 0) {
      return; // before the first step
    }
    double floor = Rows.number(spectrum, "floor");
    if (!"sample".equals(spectrum.get("scope"))) {
      // Which window counts may depend on the path; how small its smallest eigenvalue is, too.
      double[] bound = {Rows.number(spectrum, "lambda_min_upper")};
      all.put(name + ".lambda_min_upper", logs(epoch, bound, Double.isNaN(floor) ? 0 : floor));
      return;
    }
    all.put(name + ".eigenvalues", logs(epoch, Rows.numbers(spectrum, "eigenvalues"), floor));
    double[] upper = {Rows.number(spectrum, "lambda_min_upper")};
    all.put(name + ".lambda_min_upper", logs(epoch, upper, floor));
    for (String field : List.of("alignment", "drift", "schur_bound")) {
      all.put(name + "." + field, single(epoch, spectrum, field));
    }
  }

  private static void modes(Map<String, @Nullable Object> row, Map<String, Series> all) {
    Map<String, List<Map<String, @Nullable Object>>> groups = new LinkedHashMap<>();
    for (Map<String, @Nullable Object> mode : Rows.structs(row, "modes")) {
      String epochs = mode.get("from_epoch") + " " + mode.get("epoch");
      groups
          .computeIfAbsent(
              "modes[" + epochs + " " + mode.get("basis") + "]", key -> new ArrayList<>())
          .add(mode);
    }
    groups.forEach(
        (group, modes) -> {
          int epoch = (int) Rows.number(modes.get(0), "epoch");
          for (String field :
              List.of("eigenvalue", "energy_before", "energy_predicted", "energy")) {
            double[] energies =
                modes.stream().mapToDouble(mode -> Rows.number(mode, field)).toArray();
            all.put(group + "." + field, logs(epoch, energies, NO_ENERGY));
          }
        });
  }

  private static Series single(int epoch, Map<String, @Nullable Object> values, String name) {
    return new Series(epoch, false, new double[] {Rows.number(values, name)});
  }

  /** Logarithms of the values, or of {@code least} where they are smaller. */
  private static Series logs(int epoch, double[] values, double least) {
    double[] logs = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      logs[i] = Double.isNaN(values[i]) ? Double.NaN : Math.log(Math.max(values[i], least));
    }
    return new Series(epoch, true, logs);
  }
}
