package io.eigensweep.tables;

import io.eigensweep.measure.ColumnType;
import io.eigensweep.measure.ColumnType.ListOf;
import io.eigensweep.measure.ColumnType.Scalar;
import io.eigensweep.measure.ColumnType.Struct;
import io.eigensweep.measure.Field;
import java.util.Collection;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Spark's view of the result tables. Never inferred from files: an id that looks like a number
 * stays a string, and an empty sweep has its columns too.
 */
final class Schemas {
  private Schemas() {}

  /** The schema of {@code fields}; meaning and unit become the columns' comments. */
  static StructType of(List<Field> fields) {
    return new StructType(fields.stream().map(Schemas::column).toArray(StructField[]::new));
  }

  /**
   * The rows of the Parquet {@code files}, whose names are taken as they are: Spark would read
   * brackets, stars and backslashes in a path as a pattern, and so find the files of another sweep.
   */
  static Dataset<Row> parquet(
      SparkSession session, List<Field> fields, Collection<Path> files, String... options) {
    StructType schema = of(fields);
    if (files.isEmpty()) {
      return session.createDataFrame(List.<Row>of(), schema);
    }
    DataFrameReader reader = session.read().schema(schema);
    for (String option : options) {
      reader = reader.option(option, "true");
    }
    return reader.parquet(files.stream().map(Schemas::escaped).toArray(String[]::new));
  }

  private static String escaped(Path file) {
    return file.toString().replaceAll("[\\[\\]{}*?\\\\]", "\\\\$0");
  }

  private static StructField column(Field field) {
    return new StructField(field.name(), type(field.type()), field.nullable(), Metadata.empty())
        .withComment(field.described());
  }

  private static DataType type(ColumnType type) {
    if (type instanceof ListOf list) {
      return DataTypes.createArrayType(type(list.element()), true);
    }
    if (type instanceof Struct struct) {
      return of(struct.fields());
    }
    return switch ((Scalar) type) {
      case STRING -> DataTypes.StringType;
      case BOOLEAN -> DataTypes.BooleanType;
      case INT -> DataTypes.IntegerType;
      case BIGINT -> DataTypes.LongType;
      case DOUBLE -> DataTypes.DoubleType;
      case TIMESTAMP -> DataTypes.TimestampType;
    };
  }
}
