package io.eigensweep.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.result.ResultStore;
import io.eigensweep.result.SampleResults;
import io.eigensweep.result.SampleSweep;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.Trial;
import io.eigensweep.trial.TrialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactionTest {
  private static Cluster cluster;

  @TempDir Path folder;

  @BeforeAll
  static void connect() {
    cluster = Cluster.forQueries("test");
  }

  @AfterAll
  static void close() {
    cluster.close();
  }

  @Test
  void aGrownSweepGetsFurtherFilesAndKeepsTheOld() throws IOException {
    List<TrialResult> results = SampleSweep.results();
    ResultStore store = SampleSweep.write(folder, results.subList(0, 20));
    compact(store);
    Set<String> before = files("trials");
    assertThat(before).hasSize(1);
    long first = modified("trials", before.iterator().next());

    SampleSweep.write(folder, results.subList(20, results.size()));
    compact(store);

    assertThat(files("trials")).hasSize(2).containsAll(before);
    assertThat(modified("trials", before.iterator().next())).isEqualTo(first);
    holdsTheRows(store, results.size());

    Set<String> after = files("trials");
    compact(store);
    assertThat(files("trials")).isEqualTo(after);
  }

  @Test
  void aRowThatWasReplacedIsReplacedInTheTables() throws IOException {
    List<TrialResult> results = SampleSweep.results();
    ResultStore store = SampleSweep.write(folder, results);
    compact(store);
    Trial failed =
        results.stream()
            .filter(result -> result.outcome().status() == Status.FAILED)
            .map(TrialResult::trial)
            .findFirst()
            .orElseThrow();

    assertThat(store.supersede(Set.of(Status.FAILED))).isEqualTo(1);
    assertThat(store.commit(SampleResults.succeeded(failed, 16.0, 0.4))).isTrue();
    // What sql shows before the next aggregation:
    assertThat(
            new SweepTables(session(), store)
                .read("trials")
                .where("trial_id = '" + failed.id() + "'")
                .select("status")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("SUCCEEDED");

    compact(store);
    holdsTheRows(store, results.size());
    assertThat(table("trials", "status = 'FAILED'")).isEmpty();
  }

  @Test
  void newRowsAreSeenBeforeTheyAreCompacted() {
    List<TrialResult> results = SampleSweep.results();
    ResultStore store = SampleSweep.write(folder, results.subList(0, 20));
    compact(store);
    SampleSweep.write(folder, results.subList(20, results.size()));
    SweepTables tables = new SweepTables(session(), store);
    assertThat(tables.fresh()).hasSize(results.size() - 20);
    assertThat(tables.read("trials").count()).isEqualTo(results.size());
    assertThat(tables.read("curves").select("trial_id").distinct().count())
        .isEqualTo(
            results.stream()
                .filter(result -> result.outcome().status() == Status.SUCCEEDED)
                .count());
  }

  @Test
  void whatACompactionThatDiedHasLeftIsPutRight() throws IOException {
    List<TrialResult> results = SampleSweep.results();
    ResultStore store = SampleSweep.write(folder, results);
    compact(store);
    Path tables = folder.resolve("tables");
    // It had added a file, and not yet said so.
    String file = files("trials").iterator().next();
    Files.copy(tables.resolve("trials").resolve(file), tables.resolve("trials/part-x.parquet"));
    // It was about to put another table in the place of this one.
    Files.move(tables.resolve("curves"), tables.resolve("_curves-old-1"));
    Files.createDirectories(tables.resolve("_curves-new-1"));

    compact(store);

    holdsTheRows(store, results.size());
    try (Stream<Path> left = Files.list(tables)) {
      assertThat(
              left.map(path -> path.getFileName().toString()).filter(name -> !name.startsWith(".")))
          .containsExactlyInAnyOrder("trials", "curves", "spectra", "modes", "_manifest.json");
    }
  }

  @Test
  void tablesOfOtherColumnsAreMadeAnewFromTheRows() throws IOException {
    ResultStore store = SampleSweep.write(folder, SampleSweep.results());
    compact(store);
    Path manifest = folder.resolve("tables/_manifest.json");
    Files.writeString(manifest, Files.readString(manifest).replace(Manifest.COLUMNS, "older"));
    Set<String> before = files("trials");
    compact(store);
    assertThat(files("trials")).doesNotContainAnyElementsOf(before);
    holdsTheRows(store, SampleSweep.results().size());
  }

  @Test
  void namesThatLookLikeNumbersStayTextForAnyReader() {
    TrialResult result =
        SampleResults.succeeded(
            SampleResults.trial(SampleResults.photo("1e10"), SampleResults.IDENTITY, 100, 0),
            20.0,
            0.5);
    compact(SampleSweep.write(folder, List.of(result)));
    Row row =
        session()
            .read()
            .parquet(folder.resolve("tables/trials").toString())
            .select("signal_id")
            .head();
    assertThat(row.get(0)).isEqualTo("1e10");
  }

  private static SparkSession session() {
    return cluster.session();
  }

  private static void compact(ResultStore store) {
    new Compaction(cluster.session(), store).run();
  }

  /** The tables, read without any knowledge of the row files, hold exactly what those hold. */
  private void holdsTheRows(ResultStore store, int trials) {
    for (String name : SweepTables.OF_ROWS) {
      SweepTables fromRows = new SweepTables(session(), store);
      List<String> expected =
          SweepTables.flat(name, fromRows.rows(fromRows.versions().keySet()))
              .toJSON()
              .collectAsList();
      assertThat(table(name, "true")).containsExactlyInAnyOrderElementsOf(expected);
    }
    assertThat(table("trials", "true")).hasSize(trials);
  }

  private List<String> table(String name, String condition) {
    return session()
        .read()
        .parquet(folder.resolve("tables").resolve(name).toString())
        .where(condition)
        .toJSON()
        .collectAsList();
  }

  private Set<String> files(String table) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("tables").resolve(table))) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(".parquet"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private long modified(String table, String file) throws IOException {
    return Files.getLastModifiedTime(folder.resolve("tables").resolve(table).resolve(file))
        .toMillis();
  }
}
