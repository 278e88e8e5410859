package io.eigensweep.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.eigensweep.cluster.Cluster;
import io.eigensweep.measure.Field;
import io.eigensweep.report.ViewsScript;
import io.eigensweep.result.Tables;
import io.eigensweep.store.ResultStore;
import io.eigensweep.store.SampleSweep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script of views, and the numbers of the tables against a computation in SQL. */
class ViewsTest {
  private static final Path SCRIPT = Path.of("sql/views.sql");

  @TempDir static Path folder;
  private static Cluster cluster;

  @BeforeAll
  static void aggregate() {
    ResultStore store = SampleSweep.write(folder, SampleSweep.results());
    cluster = Cluster.forQueries("test");
    assertThat(new Aggregation(cluster, store, note -> {}).run().comparison().trials()).hasSize(36);
  }

  @AfterAll
  static void close() {
    cluster.close();
  }

  @Test
  void theScriptIsThatOfTheColumns() {
    assertThat(SCRIPT)
        .as("made by " + ViewsScript.COMMAND)
        .content(StandardCharsets.UTF_8)
        .isEqualTo(ViewsScript.render());
  }

  @Test
  void theScriptMakesEveryViewWithACommentOnEveryColumn() throws IOException {
    SparkSession session = withViews();
    for (Map.Entry<String, List<Field>> table : Tables.BY_NAME.entrySet()) {
      hasComments(session, table.getKey(), table.getValue());
      long rows = session.table(table.getKey()).count();
      // The sample has no residual modes; an empty table is read too.
      assertThat(rows > 0).as(table.getKey()).isEqualTo(!table.getKey().equals("modes"));
    }
  }

  @Test
  void aSweepWithoutTablesDoesNotShowThoseOfAnother(@TempDir Path other) {
    ResultStore store = new ResultStore(folder.toUri(), new org.apache.hadoop.conf.Configuration());
    SqlViews views = new SqlViews(cluster, store, note -> {});
    views.query("SELECT * FROM comparison", answer -> assertThat(answer.rows()).hasNext());

    ResultStore second = SampleSweep.write(other, SampleSweep.results().subList(0, 3));
    SqlViews none = new SqlViews(cluster, second, note -> {});
    assertThatThrownBy(() -> none.query("SELECT * FROM comparison", answer -> {}))
        .isInstanceOf(SqlException.class)
        .hasMessageContaining("the view comparison is made by the command aggregate");
  }

  @Test
  void theViewsOfTheCommandHaveCommentsToo() {
    ResultStore store = new ResultStore(folder.toUri(), new org.apache.hadoop.conf.Configuration());
    assertThat(new SqlViews(cluster, store, note -> {})).isNotNull();
    Tables.BY_NAME.forEach((table, fields) -> hasComments(cluster.session(), table, fields));
  }

  /**
   * Written from the definition in {@code docs/results-schema.md}, with nothing of the tables'
   * code.
   */
  @Test
  void theComparisonIsWhatSqlComputesFromTheTrials() throws IOException {
    SparkSession session = withViews();
    List<Row> rows =
        session
            .sql(
                """
                WITH own AS (SELECT *, concat_ws(' ', encoding, levels, resolution) AS key FROM trials),
                     good AS (SELECT * FROM own WHERE status = 'SUCCEEDED'),
                     fates AS (SELECT key, count(*) AS trials, count_if(status = 'SUCCEEDED') AS n,
                                      count_if(status = 'DIVERGED') AS diverged FROM own GROUP BY key),
                     quality AS (SELECT key, avg(psnr) AS mean, stddev_samp(psnr) AS sd,
                                        percentile(psnr, 0.5) AS median, avg(ms_ssim) AS ms_ssim,
                                        count(kernel_epoch) AS kernels,
                                        count_if(NOT lambda_min_resolved) AS unresolved,
                                        avg(psnr) / (4 * first(parameters)) AS per_byte
                                 FROM good GROUP BY key),
                     best AS (SELECT key FROM quality WHERE key LIKE 'fourier%' ORDER BY mean DESC LIMIT 1),
                     pairs AS (SELECT good.key, reference.encoding AS other,
                                      good.psnr - reference.psnr AS gain, good.ms_ssim - reference.ms_ssim AS alike,
                                      log10(good.lambda_min / reference.lambda_min) AS orders,
                                      good.lambda_min_resolved AND reference.lambda_min_resolved AS known
                               FROM good JOIN good reference
                                 ON good.signal_id = reference.signal_id AND good.seed = reference.seed
                                    AND (reference.encoding = 'identity'
                                         OR reference.key = (SELECT key FROM best))
                                    AND good.key <> reference.key),
                     gains AS (SELECT key, avg(gain) FILTER (WHERE other = 'identity') AS identity,
                                      stddev_samp(gain) FILTER (WHERE other = 'identity') AS identity_sd,
                                      count_if(other = 'identity') AS identity_n,
                                      percentile(gain, 0.5) FILTER (WHERE other = 'fourier') AS fourier,
                                      avg(alike) FILTER (WHERE other = 'fourier') AS alike,
                                      CASE WHEN bool_and(known) FILTER (WHERE other = 'fourier')
                                           THEN percentile(orders, 0.5) FILTER (WHERE other = 'fourier') END AS orders
                               FROM pairs GROUP BY key)
                SELECT c.trials, f.trials, c.n, f.n, c.diverged, f.diverged,
                       c.lambda_min_n, q.kernels, c.lambda_min_unresolved, q.unresolved,
                       coalesce(c.delta_psnr_vs_identity_n, 0), coalesce(g.identity_n, 0),
                       c.psnr_mean, q.mean, c.psnr_sd, q.sd, c.psnr_median, q.median,
                       c.ms_ssim_mean, q.ms_ssim, c.psnr_per_parameter_byte, q.per_byte,
                       c.delta_psnr_vs_identity_mean, g.identity, c.delta_psnr_vs_identity_sd, g.identity_sd,
                       c.delta_psnr_vs_fourier_median, g.fourier, c.delta_ms_ssim_vs_fourier_mean, g.alike,
                       CASE WHEN c.encoding = 'multigrid' AND c.resolution > 50 THEN c.orders_vs_fourier END,
                       CASE WHEN c.encoding = 'multigrid' AND c.resolution > 50 THEN g.orders END
                FROM comparison c
                LEFT JOIN fates f ON f.key = concat_ws(' ', c.encoding, c.levels, c.resolution)
                LEFT JOIN quality q ON q.key = f.key LEFT JOIN gains g ON g.key = f.key
                """)
            .collectAsList();
    assertThat(rows).hasSize(SampleSweep.encodings().size());
    int numbers = 0;
    for (Row row : rows) {
      for (int i = 0; i < row.size(); i += 2) {
        String what = row.schema().fieldNames()[i];
        if (row.isNullAt(i)) {
          assertThat(row.get(i + 1)).as(what).isNull();
        } else {
          double expected = ((Number) row.get(i + 1)).doubleValue();
          assertThat(((Number) row.get(i)).doubleValue())
              .as(what)
              .isCloseTo(expected, within(1e-12 * Math.max(1, Math.abs(expected))));
          numbers++;
        }
      }
    }
    assertThat(numbers).isGreaterThan(80);
  }

  private static SparkSession withViews() throws IOException {
    SparkSession session = cluster.session().newSession();
    Path tables = folder.resolve("tables");
    String current = Files.readString(tables.resolve("current")).strip();
    session.conf().set("tables", tables.resolve(current).toString());
    for (String statement : Files.readString(SCRIPT).split(";\n", -1)) {
      if (!statement.isBlank()) {
        assertThat(session.sql(statement).count()).isZero();
      }
    }
    return session;
  }

  private static void hasComments(SparkSession session, String view, List<Field> fields) {
    StructField[] columns = session.table(view).schema().fields();
    assertThat(columns).hasSameSizeAs(fields);
    for (int i = 0; i < columns.length; i++) {
      assertThat(columns[i].name()).isEqualTo(fields.get(i).name());
      assertThat(columns[i].dataType().catalogString()).isEqualTo(fields.get(i).type().sql());
      assertThat(columns[i].getComment().get()).isEqualTo(fields.get(i).described());
    }
  }
}
