package io.eigensweep.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eigensweep.cluster.Cluster;
import io.eigensweep.store.ResultStore;
import io.eigensweep.store.SampleSweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadOnlyTest {
  private static Cluster cluster;
  private static SqlViews views;

  @TempDir static Path folder;

  @BeforeAll
  static void connect() {
    cluster = Cluster.forQueries("test");
    ResultStore store = SampleSweep.write(folder, SampleSweep.results().subList(0, 3));
    views = new SqlViews(cluster, store, note -> {});
  }

  @AfterAll
  static void close() {
    cluster.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT OVERWRITE DIRECTORY 'OUT/trials' USING parquet SELECT 1 AS x",
        "INSERT OVERWRITE LOCAL DIRECTORY 'OUT/trials' USING parquet SELECT 1 AS x",
        "WITH a AS (SELECT 1 AS x) INSERT OVERWRITE DIRECTORY 'OUT/trials' USING csv SELECT * FROM a",
        "FROM trials INSERT OVERWRITE DIRECTORY 'OUT/a' USING csv SELECT psnr"
            + " INSERT OVERWRITE DIRECTORY 'OUT/b' USING csv SELECT seed",
        "EXPLAIN INSERT OVERWRITE DIRECTORY 'OUT/trials' USING parquet SELECT 1 AS x",
        "INSERT INTO trials SELECT * FROM trials",
        "INSERT INTO IDENTIFIER('trials') SELECT * FROM trials",
        "INSERT INTO parquet.`OUT/trials` SELECT 1",
        "CREATE TABLE made (a INT) USING parquet",
        "CREATE TABLE IDENTIFIER('made') USING parquet AS SELECT 1 AS a",
        "CREATE TABLE made USING parquet LOCATION 'OUT/trials' AS SELECT 1 AS a",
        "CREATE OR REPLACE TEMPORARY VIEW trials AS SELECT 1 AS a",
        "CREATE DATABASE other LOCATION 'OUT/other'",
        "DROP TABLE trials",
        "DROP VIEW trials",
        "DROP TABLE IF EXISTS nothing",
        "TRUNCATE TABLE trials",
        "DELETE FROM trials WHERE true",
        "UPDATE trials SET psnr = 0",
        "MERGE INTO trials USING curves ON false WHEN NOT MATCHED THEN INSERT *",
        "ALTER VIEW trials RENAME TO others",
        "CACHE TABLE trials",
        "CACHE TABLE copied AS SELECT * FROM trials",
        "UNCACHE TABLE trials",
        "REFRESH TABLE trials",
        "CLEAR CACHE",
        "ANALYZE TABLE trials COMPUTE STATISTICS",
        "SET spark.sql.ansi.enabled=false",
        "SET",
        "RESET",
        "USE default",
        "ADD JAR 'OUT/a.jar'",
        "ADD FILE 'OUT/job.json'",
        "LOAD DATA INPATH 'OUT/trials' INTO TABLE trials",
        "DECLARE VARIABLE a INT DEFAULT 1",
        "EXECUTE IMMEDIATE 'DROP VIEW trials'",
        "CALL system.nothing()",
        "BEGIN SELECT 1; DROP VIEW trials; END",
        "SELECT TRANSFORM(seed) USING 'touch OUT/made' AS (x) FROM trials",
        "SELECT * FROM (SELECT TRANSFORM(seed) USING 'cat' AS (x) FROM trials)",
        "SELECT (SELECT count(*) FROM (SELECT TRANSFORM(seed) USING 'cat' AS (x) FROM trials))",
        "WITH a AS (SELECT TRANSFORM(seed) USING 'cat' AS (x) FROM trials) SELECT * FROM a",
        "SELECT seed FROM trials WHERE EXISTS (SELECT TRANSFORM(seed) USING 'cat' AS (x) FROM trials)",
        "SELECT reflect('java.lang.System', 'getProperty', 'user.home')",
        "SELECT java_method('java.lang.System', 'getProperty', 'user.home')",
        "SELECT try_reflect('java.lang.System', 'getProperty', 'user.home')",
        "SELECT system.builtin.reflect('java.lang.System', 'getProperty', 'user.home')",
        "SELECT builtin.reflect('java.lang.System', 'getProperty', 'user.home')",
        "SELECT REFLECT('java.lang.System', 'getProperty', 'user.home')",
        "VALUES (reflect('java.lang.System', 'getProperty', 'user.home'))",
        "EXPLAIN CREATE TABLE made (a INT) USING parquet",
      })
  void whateverDoesMoreThanReadIsRefused(String statement) throws IOException {
    List<Path> before = files();
    assertThatThrownBy(
            () ->
                views.query(
                    statement.replace("OUT", folder.toString()),
                    answer -> answer.rows().forEachRemaining(row -> {})))
        .isInstanceOf(SqlException.class)
        .satisfies(error -> assertThat(String.valueOf(error.getMessage()).lines()).hasSize(1));
    assertThat(files()).isEqualTo(before);
    assertThat(answer("SELECT count(*) FROM trials")).containsExactly(List.of(3L));
    for (String left : List.of("spark-warehouse", "metastore_db", "derby.log")) {
      assertThat(Path.of(left)).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "WITH a AS (SELECT seed FROM trials), b AS (SELECT * FROM a) SELECT count(*) FROM b",
        "VALUES (1, 'a'), (2, 'b')",
        "TABLE trials",
        "FROM trials SELECT seed",
        "FROM trials |> WHERE seed >= 0 |> AGGREGATE count(*) |> SELECT *",
        "SELECT * FROM trials LIMIT 1 OFFSET 1",
        "(SELECT seed FROM trials) UNION ALL (SELECT 1) EXCEPT SELECT 2",
        "SELECT seed FROM trials INTERSECT SELECT seed FROM trials",
        "SELECT encoding, count(*) FROM trials GROUP BY encoding HAVING count(*) > 0 ORDER BY 2 DESC",
        "SELECT seed, row_number() OVER w FROM trials WINDOW w AS (ORDER BY seed)",
        "SELECT row_number() OVER (ORDER BY seed) AS n FROM trials QUALIFY n = 1",
        "SELECT * FROM trials t, LATERAL (SELECT t.seed + 1 AS next)",
        "SELECT t.seed, e FROM trials t LATERAL VIEW explode(array(1, 2)) x AS e",
        "SELECT * FROM explode(array(1, 2)) AS x(e)",
        "SELECT * FROM range(3)",
        "SELECT * FROM (SELECT encoding, seed FROM trials) PIVOT (count(*) FOR seed IN (0, 1))",
        "SELECT * FROM (SELECT 1 AS a, 2 AS b) UNPIVOT (v FOR n IN (a, b))",
        "SELECT /*+ BROADCAST(c) */ count(*) FROM trials t JOIN curves c USING (trial_id)",
        "SELECT seed FROM trials TABLESAMPLE (100 PERCENT) DISTRIBUTE BY seed SORT BY seed",
        "SELECT DISTINCT seed FROM trials WHERE seed IN (SELECT seed FROM trials)",
        "WITH RECURSIVE r(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM r WHERE n < 3) SELECT * FROM r",
        "SELECT transform(array(1, 2), x -> x + 1), aggregate(array(1), 0, (a, b) -> a + b)",
        "SELECT count(*) FROM parquet.`OUT/trials`",
        "SHOW TABLES",
        "SHOW VIEWS",
        "SHOW COLUMNS IN trials",
        "SHOW FUNCTIONS LIKE 'count'",
        "DESCRIBE trials",
        "DESCRIBE TABLE EXTENDED trials",
        "DESCRIBE QUERY SELECT seed FROM trials",
        "DESCRIBE FUNCTION count",
        "EXPLAIN SELECT seed FROM trials",
        "EXPLAIN FORMATTED WITH a AS (SELECT 1) SELECT * FROM a",
      })
  void whateverReadsIsAnswered(String statement) {
    assertThat(answer(statement.replace("OUT", folder.toString()))).isNotEmpty();
  }

  @Test
  void theRefusalSaysWhatIsAccepted() {
    assertThatThrownBy(() -> answer("DROP TABLE trials"))
        .hasMessage(
            "only queries (SELECT, WITH, VALUES, TABLE, FROM), SHOW, DESCRIBE and EXPLAIN of a"
                + " query are accepted; this is DropTable");
  }

  private static List<List<Object>> answer(String query) {
    List<List<Object>> rows = new ArrayList<>();
    views.query(query, answer -> answer.rows().forEachRemaining(rows::add));
    return rows;
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted().toList();
    }
  }
}
