package io.eigensweep.result;

import static io.eigensweep.measure.Summary.count;
import static io.eigensweep.measure.Summary.real;

import io.eigensweep.measure.ColumnType.Scalar;
import io.eigensweep.measure.Field;
import io.eigensweep.measure.Measure;
import io.eigensweep.measure.Measures;
import io.eigensweep.measure.Summary.Section;
import io.eigensweep.trial.TrialResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The columns of the comparison tables; {@code aggregate} gives their values. */
final class ComparisonFields {
  private ComparisonFields() {}

  static List<Field> comparison() {
    List<Field> fields = new ArrayList<>();
    fields.add(
        text("setting", false, "encoding and every hyperparameter that varies in the sweep"));
    fields.add(text("encoding", false, "the input encoding"));
    Hyperparameters.SETTING.forEach(parameter -> fields.add(parameter.field()));
    statistics(fields);
    return List.copyOf(fields);
  }

  static List<Field> resolution() {
    List<Field> fields = new ArrayList<>();
    fields.add(text("setting", false, "encoding and what varies in the sweep but the resolution"));
    Field resolution = Hyperparameters.named("resolution").field();
    fields.add(
        new Field(
            resolution.name(), resolution.type(), false, resolution.unit(), resolution.meaning()));
    comparison().stream()
        .filter(field -> !field.name().equals("setting") && !field.name().equals("resolution"))
        .forEach(fields::add);
    return List.copyOf(fields);
  }

  private static void statistics(List<Field> fields) {
    fields.add(count("trials", "committed trials"));
    fields.add(count("n", "succeeded trials; the statistics are over these"));
    fields.add(count("failures", "trials that did not succeed"));
    fields.add(count("diverged", "trials with status DIVERGED"));
    fields.add(count("timed_out", "trials with status TIMED_OUT"));
    fields.add(count("out_of_memory", "trials with status OUT_OF_MEMORY"));
    fields.add(count("failed", "trials with status FAILED"));
    for (Section section : Section.values()) {
      for (Measure<TrialResult, ?> measure : Measures.SUMMED) {
        if (Objects.requireNonNull(measure.summary()).section() == section) {
          fields.addAll(measure.summaryFields());
        }
      }
      if (section == Section.KERNEL) {
        against(fields, "identity", "identity encoding");
        against(fields, "fourier", "best fourier encoding");
      } else if (section == Section.PARAMETERS) {
        fields.add(
            new Field(
                "parameter_bytes",
                Scalar.BIGINT,
                true,
                "bytes",
                "bytes of the trainable numbers (float32)"));
        fields.add(
            real("psnr_per_parameter_byte", "dB/byte", "psnr_mean divided by parameter_bytes"));
      }
    }
  }

  private static void against(List<Field> fields, String name, String of) {
    fields.add(text(name + "_setting", true, "setting of the " + of + " compared with"));
    for (Measure<TrialResult, Double> measure : Measures.PAIRED) {
      difference(
          fields,
          "delta_" + measure.name() + "_vs_" + name,
          measure.field().unit(),
          measure.paired() + " minus that of the " + of + " on the same pictures and seeds");
    }
    String median = "orders_vs_" + name;
    fields.add(
        real(
            median,
            "orders of magnitude",
            "median log10 of λ_min over that of the "
                + of
                + " on the same pictures and seeds; NULL when unresolved values leave it"
                + " undetermined"));
    fields.add(
        real(
            median + "_lower",
            "orders of magnitude",
            "lower bound of the median, proved: of lower bounds over upper bounds"));
    fields.add(
        real(
            median + "_upper",
            "orders of magnitude",
            "upper bound of the median, proved: of upper bounds over lower bounds"));
    fields.add(count(median + "_n", "pairs of kernels behind the median"));
  }

  private static void difference(List<Field> fields, String name, String unit, String of) {
    fields.add(real(name + "_mean", unit, "mean of " + of));
    fields.add(real(name + "_sd", unit, "standard deviation (n − 1) of these differences"));
    fields.add(real(name + "_median", unit, "median of these differences"));
    fields.add(count(name + "_n", "pairs behind " + name + "_mean"));
    String interval =
        " end of the 95 % t interval of the mean difference, over pictures; NULL for one picture";
    fields.add(real(name + "_lower", unit, "lower" + interval));
    fields.add(real(name + "_upper", unit, "upper" + interval));
  }

  private static Field text(String name, boolean nullable, String meaning) {
    return new Field(name, Scalar.STRING, nullable, "", meaning);
  }
}
