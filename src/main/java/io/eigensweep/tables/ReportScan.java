package io.eigensweep.tables;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.percentile;
import static org.apache.spark.sql.functions.size;

import io.eigensweep.aggregate.Comparison;
import io.eigensweep.aggregate.Quantiles;
import io.eigensweep.aggregate.TrialRow;
import io.eigensweep.cluster.Cluster;
import io.eigensweep.ntk.Scope;
import io.eigensweep.report.CurveBand;
import io.eigensweep.report.DecayBand;
import io.eigensweep.report.Gallery;
import io.eigensweep.report.ReportData;
import io.eigensweep.report.ShownSettings;
import io.eigensweep.report.SpectrumBand;
import io.eigensweep.report.TrialFacts;
import io.eigensweep.settings.Names;
import io.eigensweep.store.ResultStore;
import io.eigensweep.trial.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Summarises the flat tables for the report: quantiles of spectra and curves over the succeeded
 * trials of each setting. What reaches the driver is bounded by settings, checkpoints and points of
 * a plot; eigenvalues and losses themselves stay on the executors.
 */
public final class ReportScan {
  private static final int MAX_CURVE_POINTS = 200;
  private static final int EVEN_RANKS = 128;
  private static final int END_RANKS = 8;

  private static final StructType SHOWN =
      new StructType()
          .add("trial_id", DataTypes.StringType, false)
          .add("setting", DataTypes.StringType, false)
          .add("scope", DataTypes.StringType, false)
          .add("stride", DataTypes.IntegerType, false)
          .add("psnr_stride", DataTypes.IntegerType, false)
          .add("last_epoch", DataTypes.IntegerType, false)
          .add("freeze_grid_at", DataTypes.IntegerType, true)
          .add("freeze_network_at", DataTypes.IntegerType, true);

  /** The part of the kernel that acts between two checkpoints. */
  private static final String ACTING =
      "CASE WHEN freeze_grid_at <= from_epoch AND freeze_network_at <= from_epoch THEN 'none'"
          + " WHEN freeze_grid_at > from_epoch AND freeze_grid_at < epoch THEN 'none'"
          + " WHEN freeze_network_at > from_epoch AND freeze_network_at < epoch THEN 'none'"
          + " WHEN freeze_grid_at <= from_epoch THEN 'mlp'"
          + " WHEN freeze_network_at <= from_epoch THEN 'grid' ELSE 'total' END";

  /** The energy that it leaves of a group of modes, see {@link DecayBand}. */
  private static final String LEFT =
      "CASE WHEN acting = 'total' THEN energy_predicted"
          + " WHEN energy_predicted IS NULL OR eigenvalues IS NULL THEN NULL"
          + " WHEN eigenvalue <= 0 OR energy_before = 0 THEN energy_before"
          + " ELSE energy_before * pow(energy_predicted / energy_before, least(1D, greatest(0D,"
          + " aggregate(slice(eigenvalues, size(eigenvalues) - mode - `count` + 1, `count`), 0D,"
          + " (sum, value) -> sum + value) / `count` / eigenvalue))) END";

  private final SparkSession session;
  private final ResultStore store;
  private final Comparison comparison;
  private final Generation generation;
  private final Dataset<Row> shown;

  /** A scan for the settings of {@code aggregated} that plots show. */
  public ReportScan(Cluster cluster, ResultStore store, Aggregation.Result aggregated) {
    this.session = cluster.session();
    this.store = store;
    this.comparison = aggregated.comparison();
    this.generation = aggregated.generation();
    Set<String> plotted = Set.copyOf(ShownSettings.of(comparison).plotted());
    List<Row> trials = new ArrayList<>();
    for (TrialRow row : comparison.trials()) {
      String setting = comparison.setting(row);
      if (row.status() == Status.SUCCEEDED && plotted.contains(setting)) {
        trials.add(shown(row, setting));
      }
    }
    shown = broadcast(session.createDataFrame(trials, SHOWN));
  }

  private static Row shown(TrialRow row, String setting) {
    int epochs = number(row, "epochs");
    int every = number(row, "psnr_every");
    int stride = strideFor(epochs, 1);
    return RowFactory.create(
        row.trialId(),
        setting,
        windowed(row) ? Names.of(Scope.WINDOW) : Names.of(Scope.SAMPLE),
        stride,
        strideFor(epochs, every),
        epochs,
        row.setting().get("freeze_grid_at"),
        row.setting().get("freeze_network_at"));
  }

  private static boolean freezes(TrialRow row) {
    return row.setting().get("freeze_grid_at") != null
        || row.setting().get("freeze_network_at") != null;
  }

  private static boolean windowed(TrialRow row) {
    return row.setting().get("ntk_windows") != null;
  }

  private static int number(TrialRow row, String column) {
    return row.setting().get(column) instanceof Number number ? Math.max(1, number.intValue()) : 1;
  }

  /** The smallest multiple of {@code every} that takes at most so many steps to {@code epochs}. */
  private static int strideFor(int epochs, int every) {
    int steps = (epochs + every - 1) / every;
    return every * ((steps + MAX_CURVE_POINTS - 1) / MAX_CURVE_POINTS);
  }

  /** Everything that the report is made from. */
  public ReportData read() {
    return new ReportData(
        store.readJob(), comparison, facts(), spectra(), curves(), decays(), gallery());
  }

  private Gallery gallery() {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    return new ReportPictures(context, store).gallery(comparison);
  }

  /** The facts of every row. */
  private List<TrialFacts> facts() {
    session.sparkContext().setJobDescription("report: facts of the trials");
    List<TrialFacts> facts = new ArrayList<>();
    Column[] columns = TrialFacts.columns().stream().map(functions::col).toArray(Column[]::new);
    for (Row row : table("trials").select(columns).collectAsList()) {
      facts.add(TrialFacts.of(row::getAs));
    }
    return facts;
  }

  /** Loss and PSNR of the settings over the epochs, at most some hundred points each. */
  private List<CurveBand> curves() {
    List<CurveBand> bands = new ArrayList<>();
    bands.addAll(curves("loss", "stride"));
    bands.addAll(curves("psnr", "psnr_stride"));
    return bands;
  }

  private List<CurveBand> curves(String quantity, String stride) {
    session.sparkContext().setJobDescription("report: learning curves, " + quantity);
    Column kept =
        col("epoch")
            .mod(col(stride))
            .equalTo(0)
            .or(col("epoch").equalTo(col("last_epoch")))
            .and(col(quantity).isNotNull());
    List<Row> rows =
        table("curves")
            .join(shown, "trial_id")
            .where(kept)
            .groupBy("setting", "epoch")
            .agg(quantiles(col(quantity)))
            .orderBy("setting", "epoch")
            .collectAsList();
    Map<String, CurveBand> bands = new LinkedHashMap<>();
    for (Row row : rows) {
      CurveBand band =
          bands.computeIfAbsent(
              row.getString(0),
              setting ->
                  new CurveBand(
                      setting,
                      quantity,
                      new ArrayList<>(),
                      new ArrayList<>(),
                      new ArrayList<>(),
                      new ArrayList<>()));
      band.epochs().add(row.getInt(1));
      add(row.getList(2), band.low(), band.median(), band.high());
    }
    return List.copyOf(bands.values());
  }

  /** What kernels predict of the loss and what came, for sweeps that freeze something. */
  private List<DecayBand> decays() {
    if (comparison.trials().stream().noneMatch(ReportScan::freezes)) {
      return List.of();
    }
    session.sparkContext().setJobDescription("report: predicted and observed decay");
    Dataset<Row> parts =
        scoped()
            .where(col("term").isin("mlp", "grid"))
            .where(col("scope").equalTo(Names.of(Scope.SAMPLE)))
            .select(
                col("trial_id"),
                col("term").as("acting"),
                col("epoch").as("from_epoch"),
                col("eigenvalues"));
    List<Row> bands =
        table("modes")
            .where(col("basis").equalTo("eigen"))
            .join(shown, "trial_id")
            .withColumn("acting", expr(ACTING))
            .join(parts, sequence("trial_id", "acting", "from_epoch"), "left")
            .withColumn("left_over", expr(LEFT))
            .groupBy("setting", "trial_id", "from_epoch", "epoch")
            .agg(
                functions.sum("energy_before").as("before"),
                ifAll("left_over", functions.sum("left_over")).as("predicted"),
                ifAll("energy_predicted", functions.sum("energy_predicted")).as("by_total"),
                functions.sum("energy").as("observed"))
            .groupBy("setting", "from_epoch", "epoch")
            .agg(
                median(col("before")),
                ifAll("predicted", median(col("predicted"))),
                ifAll("by_total", median(col("by_total"))),
                median(col("observed")))
            .orderBy("setting", "from_epoch", "epoch")
            .collectAsList();
    return bands.stream()
        .map(
            band ->
                new DecayBand(
                    band.getString(0),
                    band.getInt(1),
                    band.getInt(2),
                    band.getDouble(3),
                    band.getAs(4),
                    band.getAs(5),
                    band.getDouble(6)))
        .toList();
  }

  /** {@code value} where no row of the group lacks {@code column}, else null. */
  private static Column ifAll(String column, Column value) {
    return functions.when(functions.count(column).equalTo(functions.count(lit(1))), value);
  }

  private static scala.collection.immutable.Seq<String> sequence(String... columns) {
    return scala.jdk.javaapi.CollectionConverters.asScala(List.of(columns)).toSeq();
  }

  /**
   * The spectra of the settings, of windows where there are some: λ_min of each term at every
   * checkpoint, and the quantiles of some eigenvalues of {@code total} and {@code mlp}: of many at
   * the first and the last one, between them of the middle one.
   */
  private List<SpectrumBand> spectra() {
    session.sparkContext().setJobDescription("report: smallest eigenvalues");
    Dataset<Row> spectra =
        scoped()
            .where(col("term").isin("total", "mlp", "grid"))
            .join(shown, sequence("trial_id", "scope"))
            .withColumn("points", size(col("eigenvalues")));
    List<Row> heads =
        spectra
            .groupBy("setting", "term", "epoch", "points")
            .agg(
                functions.count(lit(1)),
                median(col("floor")),
                median(coalesce(col("lambda_min"), col("lambda_min_lower"), lit(0.0))),
                median(
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

  /** The spectra; those of programs that knew one scope were of the sample. */
  private Dataset<Row> scoped() {
    return table("spectra")
        .withColumn("scope", coalesce(col("scope"), lit(Names.of(Scope.SAMPLE))));
  }

  private Map<List<Object>, Map<Integer, List<Double>>> bands(
      Dataset<Row> spectra, List<Row> heads) {
    session.sparkContext().setJobDescription("report: bands of the spectra");
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
                broadcast(session.createDataFrame(ranks, schema)),
                sequence("setting", "term", "epoch", "points"))
            .select(
                col("setting"),
                col("term"),
                col("epoch"),
                col("points"),
                expr(
                    "explode(transform(ranks, r -> struct(r AS rank,"
                        + " element_at(eigenvalues, -r) AS value))) AS at"))
            .groupBy(col("setting"), col("term"), col("epoch"), col("points"), col("at.rank"))
            .agg(quantiles(col("at.value")))
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
    quantiles.values().forEach(values -> add(values, low, median, high));
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

  private static Column quantiles(Column value) {
    return percentile(
        value, functions.array(lit(Quantiles.LOW), lit(Quantiles.MEDIAN), lit(Quantiles.HIGH)));
  }

  private static Column median(Column value) {
    return percentile(value, lit(Quantiles.MEDIAN));
  }

  private static void add(
      List<Double> values, List<Double> low, List<Double> median, List<Double> high) {
    low.add(values.get(0));
    median.add(values.get(1));
    high.add(values.get(2));
  }

  private Dataset<Row> table(String name) {
    return generation.table(session, name);
  }
}
