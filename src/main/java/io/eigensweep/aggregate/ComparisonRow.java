package io.eigensweep.aggregate;

import io.eigensweep.measure.Field;
import io.eigensweep.measure.Measure;
import io.eigensweep.measure.Measures;
import io.eigensweep.measure.QualityMeasures;
import io.eigensweep.measure.TrainingMeasures;
import io.eigensweep.result.Hyperparameter;
import io.eigensweep.result.Hyperparameters;
import io.eigensweep.result.Tables;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.TrialResult;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One encoding and setting over all its pictures and seeds.
 *
 * @param setting its name
 * @param encoding type of the encoding
 * @param hyperparameters the values of {@link Hyperparameters#SETTING}, absent where null
 * @param fates how many trials ended how; every status is a key
 * @param lost the share of its trials that did not succeed where another setting's did, with the
 *     same picture and seed
 * @param statistics of what was measured
 * @param identity against the identity encoding
 * @param fourier against the best fourier encoding
 */
public record ComparisonRow(
    String setting,
    String encoding,
    Map<String, Object> hyperparameters,
    Map<Status, Integer> fates,
    double lost,
    Statistics statistics,
    PairedComparison identity,
    PairedComparison fourier) {

  /** Committed trials. */
  public int trials() {
    return fates.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Succeeded trials. */
  public int n() {
    return count(Status.SUCCEEDED);
  }

  /** Trials that did not succeed. */
  public int failures() {
    return trials() - n();
  }

  /**
   * The value of hyperparameter {@code column}, null where the setting has none.
   *
   * @throws IllegalArgumentException when there is no such hyperparameter
   */
  public @Nullable Object hyperparameter(String column) {
    return hyperparameters.get(Hyperparameters.named(column).name());
  }

  /** Mean, deviation, median and count of {@code measure}. */
  public Moments moments(Measure<TrialResult, Double> measure) {
    return statistics.moments(measure);
  }

  /** The cells by column, in the order of {@link Tables#COMPARISON}. */
  public Map<String, @Nullable Object> values() {
    Map<String, @Nullable Object> values = unordered();
    Map<String, @Nullable Object> ordered = new LinkedHashMap<>();
    for (Field field : Tables.COMPARISON) {
      if (!values.containsKey(field.name())) {
        throw new IllegalStateException("the comparison has no " + field.name());
      }
      ordered.put(field.name(), values.get(field.name()));
    }
    return ordered;
  }

  private Map<String, @Nullable Object> unordered() {
    Map<String, @Nullable Object> values = new HashMap<>(statistics.cells());
    values.put("setting", setting);
    values.put("encoding", encoding);
    for (Hyperparameter parameter : Hyperparameters.SETTING) {
      values.put(parameter.name(), hyperparameters.get(parameter.name()));
    }
    values.put("trials", trials());
    values.put("n", n());
    values.put("failures", failures());
    values.put("diverged", count(Status.DIVERGED));
    values.put("timed_out", count(Status.TIMED_OUT));
    values.put("out_of_memory", count(Status.OUT_OF_MEMORY));
    values.put("failed", count(Status.FAILED));
    put(values, "identity", identity);
    put(values, "fourier", fourier);
    values.put("parameter_bytes", parameterBytes());
    values.put("psnr_per_parameter_byte", psnrPerParameterByte());
    return values;
  }

  /** Bytes of the trainable numbers, which are float32; null when no trial was trained. */
  private @Nullable Long parameterBytes() {
    Long parameters = statistics.largest(TrainingMeasures.PARAMETERS);
    return parameters == null ? null : parameters * Float.BYTES;
  }

  /** Mean PSNR in dB for each byte of trainable numbers, null without one of the two. */
  public @Nullable Double psnrPerParameterByte() {
    Long bytes = parameterBytes();
    Double psnr = moments(QualityMeasures.PSNR).mean();
    return bytes == null || psnr == null ? null : psnr / bytes;
  }

  private int count(Status status) {
    return fates.getOrDefault(status, 0);
  }

  private static void put(
      Map<String, @Nullable Object> values, String name, PairedComparison against) {
    values.put(name + "_setting", against.setting());
    for (Measure<TrialResult, Double> measure : Measures.PAIRED) {
      String column = "delta_" + measure.name() + "_vs_" + name;
      PairedDifference difference = against.of(measure);
      values.put(column + "_mean", difference.mean());
      values.put(column + "_sd", difference.sd());
      values.put(column + "_median", difference.moments().median());
      values.put(column + "_n", difference.n());
      values.put(column + "_lower", difference.lower());
      values.put(column + "_upper", difference.upper());
    }
    String orders = "orders_vs_" + name;
    values.put(orders, against.orders().value());
    values.put(orders + "_lower", against.orders().lower());
    values.put(orders + "_upper", against.orders().upper());
    values.put(orders + "_n", against.orders().n());
  }
}
