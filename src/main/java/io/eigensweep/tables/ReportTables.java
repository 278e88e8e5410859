package io.eigensweep.tables;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.percentile;

import io.eigensweep.aggregate.Quantiles;
import io.eigensweep.ntk.Scope;
import io.eigensweep.settings.Names;
import java.util.List;
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

  static Column quantiles(Column value) {
    return percentile(
        value, functions.array(lit(Quantiles.LOW), lit(Quantiles.MEDIAN), lit(Quantiles.HIGH)));
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
