package io.eigensweep.tables;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.percentile;

import io.eigensweep.aggregate.Quantiles;
import io.eigensweep.ntk.Scope;
import io.eigensweep.settings.Names;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * The tables that a report is read from.
 *
 * @param session Spark's
 * @param generation the tables
 * @param shown the trials that plots show, each with its setting and the stride of its curves
 */
record ReportTables(SparkSession session, Generation generation, Dataset<Row> shown) {
  /** A table. */
  Dataset<Row> table(String name) {
    return generation.table(session, name);
  }

  /** The spectra; those of programs that knew one scope were of the sample. */
  Dataset<Row> scoped() {
    return table("spectra")
        .withColumn("scope", coalesce(col("scope"), lit(Names.of(Scope.SAMPLE))));
  }

  /** Says what Spark is doing now. */
  void describe(String job) {
    session.sparkContext().setJobDescription(job);
  }

  static scala.collection.immutable.Seq<String> sequence(String... columns) {
    return scala.jdk.javaapi.CollectionConverters.asScala(List.of(columns)).toSeq();
  }

  /**
   * The numbers of a group, ascending, for {@link #quantiles}. Spark's {@code percentile} counts in
   * a map how often each comes, which for what was measured is once.
   */
  static Column ascending(Column value) {
    return functions.sort_array(functions.collect_list(value));
  }

  /** The quantiles of {@code ascending} numbers, see {@link Quantiles#of}. */
  static Column quantiles(Column ascending) {
    Column[] quantiles =
        Stream.of(Quantiles.LOW, Quantiles.MEDIAN, Quantiles.HIGH)
            .map(level -> quantile(ascending, level))
            .toArray(Column[]::new);
    return functions.when(functions.size(ascending).gt(0), functions.array(quantiles));
  }

  private static Column quantile(Column ascending, double level) {
    Column position = functions.size(ascending).minus(1).multiply(lit(level));
    Column below = functions.floor(position).cast("int");
    Column rest = position.minus(below);
    Column low = functions.element_at(ascending, below.plus(1));
    Column high = functions.element_at(ascending, below.plus(2));
    return functions
        .when(rest.equalTo(0), low)
        .otherwise(lit(1.0).minus(rest).multiply(low).plus(rest.multiply(high)));
  }

  static Column median(Column value) {
    return percentile(value, lit(Quantiles.MEDIAN));
  }

  static void add(List<Double> values, List<Double> low, List<Double> median, List<Double> high) {
    low.add(values.get(0));
    median.add(values.get(1));
    high.add(values.get(2));
  }
}
