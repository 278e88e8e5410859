package io.eigensweep.tables;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;

import io.eigensweep.report.SpectrumBand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The spectra of the settings that plots show, as bands over their trials. */
final class SpectrumScan {
  private static final int END_RANKS = 8;
  private static final int EVEN_RANKS = 128;

  private final ReportTables tables;

  SpectrumScan(ReportTables tables) {
    this.tables = tables;
  }

  /**
   * The spectra of the settings, of windows where there are some: λ_min of each term at every
   * checkpoint, and the quantiles of some eigenvalues of {@code total} and {@code mlp}: of many at
   * the first and the last one, between them of the middle one.
   */
  List<SpectrumBand> read() {
    tables.describe("report: smallest eigenvalues");
    Dataset<Row> spectra =
        tables
            .scoped()
            .where(col("term").isin("total", "mlp", "grid"))
            .join(tables.shown(), ReportTables.sequence("trial_id", "scope"))
            .withColumn("points", size(col("eigenvalues")));
    List<Row> heads =
        spectra
            .groupBy("setting", "term", "epoch", "points")
            .agg(
                functions.count(lit(1)),
                ReportTables.median(col("floor")),
                ReportTables.median(coalesce(col("lambda_min"), col("lambda_min_lower"), lit(0.0))),
                ReportTables.median(
                    coalesce(
                        col("lambda_min"), col("lambda_min_upper"), lit(Double.POSITIVE_INFINITY))))
            .orderBy("setting", "term", "epoch", "points")
            .collectAsList();
    Map<List<Object>, Map<Integer, List<Double>>> bands = bands(spectra, heads);
    List<SpectrumBand> result = new ArrayList<>();
    for (Row head : heads) {
      result.add(band(head, bands.getOrDefault(key(head), Map.of())));
    }
    return result;
  }

  private Map<List<Object>, Map<Integer, List<Double>>> bands(
      Dataset<Row> spectra, List<Row> heads) {
    tables.describe("report: bands of the spectra");
    Map<String, TreeSet<Integer>> epochs = new HashMap<>();
    List<Row> ranks = new ArrayList<>();
    for (Row head : heads) {
      epochs.computeIfAbsent(head.getString(0), setting -> new TreeSet<>()).add(head.getInt(2));
    }
    for (Row head : heads) {
      TreeSet<Integer> of = epochs.getOrDefault(head.getString(0), new TreeSet<>());
      int epoch = head.getInt(2);
      boolean ends = epoch == of.first() || epoch == of.last();
      if (!head.getString(1).equals("grid")) {
        int points = head.getInt(3);
        Object[] wanted = (ends || points == 0 ? ranks(points) : Set.of(middle(points))).toArray();
        ranks.add(
            RowFactory.create(head.getString(0), head.getString(1), epoch, head.getInt(3), wanted));
      }
    }
    StructType schema =
        new StructType()
            .add("setting", DataTypes.StringType, false)
            .add("term", DataTypes.StringType, false)
            .add("epoch", DataTypes.IntegerType, false)
            .add("points", DataTypes.IntegerType, false)
            .add("ranks", DataTypes.createArrayType(DataTypes.IntegerType, false), false);
    List<Row> rows =
        spectra
            .join(
                broadcast(tables.session().createDataFrame(ranks, schema)),
                ReportTables.sequence("setting", "term", "epoch", "points"))
            .select(
                col("setting"),
                col("term"),
                col("epoch"),
                col("points"),
                expr(
                    "explode(transform(ranks, r -> struct(r AS rank,"
                        + " element_at(eigenvalues, -r) AS value))) AS at"))
            .groupBy(col("setting"), col("term"), col("epoch"), col("points"), col("at.rank"))
            .agg(ReportTables.ascending(col("at.value")).as("ascending"))
            .select(
                col("setting"),
                col("term"),
                col("epoch"),
                col("points"),
                col("rank"),
                ReportTables.quantiles(col("ascending")))
            .collectAsList();
    Map<List<Object>, Map<Integer, List<Double>>> bands = new HashMap<>();
    for (Row row : rows) {
      bands.computeIfAbsent(key(row), key -> new TreeMap<>()).put(row.getInt(4), row.getList(5));
    }
    return bands;
  }

  private static SpectrumBand band(Row head, Map<Integer, List<Double>> quantiles) {
    List<Double> low = new ArrayList<>();
    List<Double> median = new ArrayList<>();
    List<Double> high = new ArrayList<>();
    quantiles.values().forEach(values -> ReportTables.add(values, low, median, high));
    Double upper = head.getAs(7);
    return new SpectrumBand(
        head.getString(0),
        head.getString(1),
        head.getInt(2),
        head.getInt(3),
        Math.toIntExact(head.getLong(4)),
        head.getAs(5),
        head.getAs(6),
        upper != null && Double.isFinite(upper) ? upper : null,
        List.copyOf(quantiles.keySet()),
        low,
        median,
        high);
  }

  private static int middle(int points) {
    return (points + 1) / 2;
  }

  /** Ranks of {@code points} eigenvalues: both ends whole, the middle evenly. */
  static Set<Integer> ranks(int points) {
    TreeSet<Integer> ranks = new TreeSet<>();
    for (int i = 0; i < Math.min(END_RANKS, points); i++) {
      ranks.add(1 + i);
      ranks.add(points - i);
    }
    if (points > 0) {
      ranks.add(middle(points));
    }
    for (int i = 0; i < EVEN_RANKS && points > 0; i++) {
      ranks.add(1 + (int) ((long) i * (points - 1) / (EVEN_RANKS - 1)));
    }
    return ranks;
  }

  private static List<Object> key(Row row) {
    return List.of(row.getString(0), row.getString(1), row.getInt(2), row.getInt(3));
  }
}
