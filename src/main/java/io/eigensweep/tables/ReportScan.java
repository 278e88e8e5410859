package io.eigensweep.tables;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import io.eigensweep.aggregate.Comparison;
import io.eigensweep.aggregate.TrialRow;
import io.eigensweep.cluster.Cluster;
import io.eigensweep.ntk.Scope;
import io.eigensweep.report.CurveBand;
import io.eigensweep.report.DecayBand;
import io.eigensweep.report.Gallery;
import io.eigensweep.report.ReportData;
import io.eigensweep.report.ShownSettings;
import io.eigensweep.report.TrialFacts;
import io.eigensweep.settings.Names;
import io.eigensweep.store.ResultStore;
import io.eigensweep.trial.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
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

  private final ResultStore store;
  private final Comparison comparison;
  private final ReportTables tables;

  /** A scan for the settings of {@code aggregated} that plots show. */
  public ReportScan(Cluster cluster, ResultStore store, Aggregation.Result aggregated) {
    this.store = store;
    this.comparison = aggregated.comparison();
    Set<String> plotted = Set.copyOf(ShownSettings.of(comparison).plotted());
    List<Row> trials = new ArrayList<>();
    for (TrialRow row : comparison.trials()) {
      String setting = comparison.setting(row);
      if (row.status() == Status.SUCCEEDED && plotted.contains(setting)) {
        trials.add(shown(row, setting));
      }
    }
    SparkSession session = cluster.session();
    tables =
        new ReportTables(
            session, aggregated.generation(), broadcast(session.createDataFrame(trials, SHOWN)));
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
        row.hyperparameter("freeze_grid_at"),
        row.hyperparameter("freeze_network_at"));
  }

  private static boolean windowed(TrialRow row) {
    return row.hyperparameter("ntk_windows") != null;
  }

  private static int number(TrialRow row, String column) {
    return row.hyperparameter(column) instanceof Number number ? Math.max(1, number.intValue()) : 1;
  }

  /** The smallest multiple of {@code every} that takes at most so many steps to {@code epochs}. */
  private static int strideFor(int epochs, int every) {
    int steps = (epochs + every - 1) / every;
    return every * ((steps + MAX_CURVE_POINTS - 1) / MAX_CURVE_POINTS);
  }

  /** Everything that the report is made from. */
  public ReportData read() {
    return new ReportData(
        store.readJob(),
        comparison,
        facts(),
        new SpectrumScan(tables).read(),
        curves(),
        decays(),
        gallery());
  }

  /** What kernels predict of the loss and what came, for sweeps that freeze something. */
  private List<DecayBand> decays() {
    return comparison.trials().stream().anyMatch(ReportScan::freezes)
        ? new DecayScan(tables).read()
        : List.of();
  }

  private static boolean freezes(TrialRow row) {
    return row.hyperparameter("freeze_grid_at") != null
        || row.hyperparameter("freeze_network_at") != null;
  }

  private Gallery gallery() {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(tables.session().sparkContext());
    return new ReportPictures(context, store).gallery(comparison);
  }

  /** The facts of every row. */
  private List<TrialFacts> facts() {
    tables.describe("report: facts of the trials");
    List<TrialFacts> facts = new ArrayList<>();
    Column[] columns = TrialFacts.columns().stream().map(functions::col).toArray(Column[]::new);
    for (Row row : tables.table("trials").select(columns).collectAsList()) {
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
    tables.describe("report: learning curves, " + quantity);
    Column kept =
        col("epoch")
            .mod(col(stride))
            .equalTo(0)
            .or(col("epoch").equalTo(col("last_epoch")))
            .and(col(quantity).isNotNull());
    List<Row> rows =
        tables
            .table("curves")
            .join(tables.shown(), "trial_id")
            .where(kept)
            .groupBy("setting", "epoch")
            .agg(ReportTables.ascending(col(quantity)).as("ascending"))
            .select(col("setting"), col("epoch"), ReportTables.quantiles(col("ascending")))
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
      ReportTables.add(row.getList(2), band.low(), band.median(), band.high());
    }
    return List.copyOf(bands.values());
  }
}
