package io.eigensweep.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eigensweep.aggregate.ComparisonRow;
import io.eigensweep.cluster.Cluster;
import io.eigensweep.result.SampleResults;
import io.eigensweep.store.OtherProgram;
import io.eigensweep.store.ResultStore;
import io.eigensweep.store.SampleSweep;
import io.eigensweep.trial.Numerics;
import io.eigensweep.trial.Status;
import io.eigensweep.trial.Trial;
import io.eigensweep.trial.TrialResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AggregationTest {
  private static Cluster cluster;

  private final List<String> notes = new ArrayList<>();

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
  void aGrownSweepGetsANewGenerationAndReadersKeepTheOld() {
    List<TrialResult> results = SampleSweep.results();
    ResultStore store = SampleSweep.write(folder, results.subList(0, 20));
    Aggregation.Result first = aggregate(store);
    long curves = first.generation().table(session(), "curves").count();
    SqlViews views = new SqlViews(cluster, store, notes::add);

    SampleSweep.write(folder, results.subList(20, results.size()));
    Aggregation.Result second = aggregate(store);

    holdsTheRows(store, results.size());
    assertThat(aggregation(store).isCurrent(first)).isFalse();
    assertThat(aggregation(store).isCurrent(second)).isTrue();
    assertThat(first.generation().table(session(), "trials").count()).isEqualTo(20);
    assertThat(first.generation().table(session(), "curves").count()).isEqualTo(curves);
    assertThat(answer(views, "SELECT count(*), (SELECT sum(trials) FROM comparison) FROM trials"))
        .containsExactly(List.of(20L, 20L));
    assertThat(notes).isEmpty();
  }

  @Test
  void nothingIsWrittenWhereNothingIsNew() {
    ResultStore store = SampleSweep.write(folder, SampleSweep.results());
    Aggregation.Result first = aggregate(store);
    Aggregation.Result second = aggregate(store);
    assertThat(second.folder()).isEqualTo(first.folder());
    assertThat(second.comparison().rows())
        .extracting(ComparisonRow::values)
        .isEqualTo(first.comparison().rows().stream().map(ComparisonRow::values).toList());
    assertThat(generationFolders()).hasSize(1);
  }

  @Test
  void aRowThatWasReplacedIsReplacedInTheTables() {
    List<TrialResult> results = SampleSweep.results();
    ResultStore store = SampleSweep.write(folder, results);
    aggregate(store);
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

    aggregate(store);
    holdsTheRows(store, results.size());
    assertThat(table("trials", "status = 'FAILED'")).isEmpty();
  }

  @Test
  void newRowsAreSeenBeforeTheyAreAggregated() {
    List<TrialResult> results = SampleSweep.results();
    ResultStore store = SampleSweep.write(folder, results.subList(0, 20));
    aggregate(store);
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
  void ofTwoAtTheSameTimeTheSecondGoesOnFromTheTablesOfTheFirst() {
    List<TrialResult> results = SampleSweep.results();
    ResultStore store = SampleSweep.write(folder, results.subList(0, 20));
    SweepTables slow = new SweepTables(session(), store);
    Generations generations = generations(store);
    try (Generations.Draft draft = generations.begin()) {
      Map<String, Manifest.Entry> rows =
          new GenerationWriter(session(), draft.folder()).write(slow, notes::add);

      SampleSweep.write(folder, results.subList(20, results.size()));
      aggregate(store);
      assertThat(draft.publish(Manifest.of(rows, draft.files()), slow.current())).isEmpty();
    }
    holdsTheRows(store, results.size());
    assertThat(generationFolders()).hasSize(1);
  }

  @Test
  void severalAtOnceAndReadersBetweenThemLoseNothing() throws Exception {
    List<TrialResult> results = SampleSweep.results();
    ResultStore store = SampleSweep.write(folder, results.subList(0, 12));
    aggregate(store);
    var threads = Executors.newFixedThreadPool(3);
    try {
      for (int rows = 24; rows <= results.size(); rows += 12) {
        SampleSweep.write(folder, results.subList(rows - 12, rows));
        var first = threads.submit(() -> new Aggregation(cluster, store, note -> {}).run());
        var second = threads.submit(() -> new Aggregation(cluster, store, note -> {}).run());
        var reader = threads.submit(() -> new SweepTables(session(), store).read("trials").count());
        assertThat(reader.get()).isEqualTo(rows);
        assertThat(first.get().comparison().trials()).hasSize(rows);
        assertThat(second.get().comparison().trials()).hasSize(rows);
        holdsTheRows(store, rows);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void tablesWithoutSomeOfTheirRowsAreNotPublished() {
    ResultStore store = SampleSweep.write(folder, SampleSweep.results());
    SweepTables tables = new SweepTables(session(), store);
    try (Generations.Draft draft = generations(store).begin()) {
      GenerationWriter writer = new GenerationWriter(session(), draft.folder());
      Map<String, Manifest.Entry> rows = writer.write(tables, notes::add);
      for (String table : SweepTables.OF_ROWS.subList(0, 3)) {
        Dataset<Row> written = writer.read(table);
        for (Dataset<Row> wrong : List.of(written.limit(6), written.union(written.limit(1)))) {
          assertThatThrownBy(() -> GenerationWriter.check(table, wrong, rows))
              .isInstanceOf(IncompleteTablesException.class)
              .hasMessageStartingWith("the table " + table + " was written with ");
        }
      }
    }
    assertThat(generationFolders()).as("nor kept").isEmpty();
  }

  @Test
  void whatOthersHaveLeftGoesWhenNoOneMayUseItAnyMore() throws IOException {
    List<TrialResult> results = SampleSweep.results();
    ResultStore store = SampleSweep.write(folder, results.subList(0, 20));
    String first = name(aggregate(store));
    Path tables = folder.resolve("tables");
    // Of a writer that lives, of one that has died, and of a version before generations.
    Path alive = Files.createDirectories(tables.resolve("generation-a"));
    Files.createDirectories(alive.resolve("trials"));
    Files.writeString(alive.resolve("_owner"), "");
    Path dead = Files.createDirectories(tables.resolve("generation-b"));
    Files.createDirectories(dead.resolve("trials"));
    aged(Files.writeString(dead.resolve("_owner"), ""), Lease.LIFE_MILLIS);
    Path earlier = Files.createDirectories(tables.resolve("_spectra-new-1"));
    Files.createDirectories(tables.resolve("mine"));

    SampleSweep.write(folder, results.subList(20, results.size()));
    String second = name(aggregate(store));
    assertThat(generationFolders())
        .containsExactlyInAnyOrder(first, second, "generation-a", "generation-b");
    assertThat(dead.resolve("_superseded")).exists();
    assertThat(alive.resolve("_superseded")).doesNotExist();
    assertThat(tables.resolve(first).resolve("_superseded")).as("young").doesNotExist();

    aged(tables.resolve(first).resolve("_owner"), Lease.LIFE_MILLIS);
    aged(dead.resolve("_superseded"), Generations.KEPT_MILLIS);
    aged(earlier.resolve("_superseded"), Generations.KEPT_MILLIS);
    aggregate(store);
    assertThat(generationFolders()).containsExactlyInAnyOrder(first, second, "generation-a");
    assertThat(earlier).doesNotExist();
    assertThat(tables.resolve("mine")).exists();

    aged(tables.resolve(first).resolve("_superseded"), Generations.KEPT_MILLIS);
    aged(tables.resolve(second).resolve("_owner"), Generations.KEPT_MILLIS);
    aggregate(store);
    assertThat(generationFolders()).containsExactlyInAnyOrder(second, "generation-a");
    holdsTheRows(store, results.size());
  }

  @Test
  void tablesOfOtherColumnsAreMadeAnewFromTheRows() throws IOException {
    ResultStore store = SampleSweep.write(folder, SampleSweep.results());
    Path first = Path.of(java.net.URI.create(aggregate(store).folder()));
    Path manifest = first.resolve(Manifest.NAME);
    Files.writeString(manifest, Files.readString(manifest).replace("trial_id", "older"));
    assertThat(name(aggregate(store))).isNotEqualTo(first.getFileName().toString());
    holdsTheRows(store, SampleSweep.results().size());
  }

  @Test
  void damagedTablesAreMadeAnewFromTheRows() throws IOException {
    List<TrialResult> results = SampleSweep.results();
    ResultStore store = SampleSweep.write(folder, results);
    Aggregation.Result first = aggregate(store);
    try (Stream<Path> files =
        Files.list(Path.of(java.net.URI.create(first.folder())).resolve("trials"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".parquet")).toList()) {
        Files.write(file, new byte[Math.toIntExact(Files.size(file))]);
        Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
      }
    }
    aggregate(store);
    assertThat(notes)
        .containsExactly("the tables in " + first.folder() + " are damaged; making them anew");
    holdsTheRows(store, results.size());
  }

  @Test
  void rowsThatCannotBeReadAreLeftOutAndNamed() throws IOException {
    List<TrialResult> results = SampleSweep.results();
    ResultStore store = SampleSweep.write(folder, results);
    Path trials = folder.resolve("trials");
    Path cut = trials.resolve(results.get(0).trial().id() + ".parquet");
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 5000));
    Path foreign = trials.resolve("aaaaaaaaaaaaaaaa.parquet");
    Files.copy(trials.resolve(results.get(1).trial().id() + ".parquet"), foreign);

    aggregate(store);
    holdsTheRows(store, results.size() - 1);
    assertThat(notes)
        .hasSize(2)
        .anyMatch(
            note -> note.startsWith("the row of " + results.get(0).trial().id() + " is left out: "))
        .anyMatch(note -> note.startsWith("the row of aaaaaaaaaaaaaaaa is left out: "));
    notes.clear();
    assertThat(answer(new SqlViews(cluster, store, notes::add), "SELECT count(*) FROM trials"))
        .containsExactly(List.of(results.size() - 1L));
    assertThat(notes).hasSize(2);
  }

  /** A bit that flips on the disk changes neither length nor time of a file. */
  @Test
  void aRowThatIsDamagedAfterItWasCompactedIsLeftOutAndNamed() throws IOException {
    List<TrialResult> results = SampleSweep.results();
    ResultStore store = SampleSweep.write(folder, results.subList(0, 20));
    aggregate(store);
    Path rotten = rowFile(results.get(3));
    FileTime time = Files.getLastModifiedTime(rotten);
    byte[] content = Files.readAllBytes(rotten);
    content[content.length / 2] ^= 4;
    Files.write(rotten, content);
    Files.setLastModifiedTime(rotten, time);
    SampleSweep.write(folder, results.subList(20, results.size()));

    aggregate(store);
    holdsTheRows(store, results.size() - 1);
    assertThat(notes)
        .singleElement()
        .asString()
        .startsWith("the row of " + results.get(3).trial().id() + " is left out: ");
    notes.clear();
    aggregate(store);
    holdsTheRows(store, results.size() - 1);
    assertThat(notes).hasSize(1);
  }

  /** What another program has written is used as far as it is a row, and named where it is none. */
  @Test
  void rowsOfOtherProgramsAreUsedOrNamed() throws IOException {
    List<TrialResult> results = SampleSweep.results();
    ResultStore store = SampleSweep.write(folder, results);
    OtherProgram.dropColumns(rowFile(results.get(0)), Set.of("psnr", "spectra", "curve"));
    OtherProgram.setInteger(rowFile(results.get(1)), "numerics", Numerics.VERSION - 1);
    OtherProgram.dropColumns(rowFile(results.get(2)), Set.of("encoding"));
    OtherProgram.setInteger(rowFile(results.get(3)), "ms_ssim", 7);
    String query =
        "SELECT count(*), count(*) FILTER (WHERE numerics < %d), count(psnr) FROM trials";
    List<Object> answer =
        List.of(
            results.size() - 2L,
            1L,
            results.stream().skip(4).filter(AggregationTest::hasPsnr).count() + 1);
    SqlViews views = new SqlViews(cluster, store, notes::add);

    assertThat(answer(views, query.formatted(Numerics.VERSION))).containsExactly(answer);
    assertThat(notes)
        .hasSize(2)
        .anySatisfy(note -> assertThat(note).contains("it has no encoding"))
        .anySatisfy(note -> assertThat(note).contains("its ms_ssim is INT32, not DOUBLE"));
    aggregate(store);
    assertThat(answer(new SqlViews(cluster, store, notes::add), query.formatted(Numerics.VERSION)))
        .containsExactly(answer);
    assertThat(table("curves", "trial_id = '" + results.get(0).trial().id() + "'")).isEmpty();
  }

  private static boolean hasPsnr(TrialResult result) {
    return result.quality() != null && result.quality().psnr() != null;
  }

  private Path rowFile(TrialResult result) {
    return folder.resolve("trials/" + result.trial().id() + ".parquet");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lr[1]", "lr{1,2}", "lr*", "lr?", "lr\\1", "lr%20 #x", "a:b", "größe=1"})
  void noNameOfAFolderIsAPattern(String name) {
    SampleSweep.write(folder.resolve("lr1"), SampleSweep.results().subList(0, 5));
    aggregate(SampleSweep.write(folder.resolve("lrx"), SampleSweep.results().subList(0, 3)));
    List<TrialResult> results = SampleSweep.results().subList(7, 15);
    ResultStore store = SampleSweep.write(folder.resolve(name), results.subList(0, 6));
    aggregate(store);
    SampleSweep.write(folder.resolve(name), results.subList(6, 8));
    assertThat(aggregation(store).read().trials()).hasSize(8);
    assertThat(
            answer(
                new SqlViews(cluster, store, notes::add),
                "SELECT count(*), (SELECT sum(trials) FROM comparison) FROM trials"))
        .containsExactly(List.of(8L, 6L));
    Aggregation.Result result = aggregate(store);
    assertThat(new ReportScan(cluster, store, result).read().facts()).hasSize(8);
    assertThat(notes).isEmpty();
  }

  @Test
  void namesThatLookLikeNumbersStayTextForAnyReader() {
    TrialResult result =
        SampleResults.succeeded(
            SampleResults.trial(SampleResults.photo("1e10"), SampleResults.IDENTITY, 100, 0),
            20.0,
            0.5);
    aggregate(SampleSweep.write(folder, List.of(result)));
    assertThat(rows("trials").select("signal_id").head().get(0)).isEqualTo("1e10");
  }

  private static SparkSession session() {
    return cluster.session();
  }

  private Aggregation.Result aggregate(ResultStore store) {
    return aggregation(store).run();
  }

  private Aggregation aggregation(ResultStore store) {
    return new Aggregation(cluster, store, notes::add);
  }

  private static Generations generations(ResultStore store) {
    return new Generations(store, new Configuration());
  }

  private static String name(Aggregation.Result result) {
    return result.generation().folder().getName();
  }

  private static void aged(Path file, long millis) throws IOException {
    Files.setLastModifiedTime(
        file, FileTime.fromMillis(Files.getLastModifiedTime(file).toMillis() - millis - 1_000));
  }

  private static List<List<Object>> answer(SqlViews views, String query) {
    List<List<Object>> rows = new ArrayList<>();
    views.query(query, answer -> answer.rows().forEachRemaining(rows::add));
    return rows;
  }

  /** The tables, read without any knowledge of the row files, hold exactly what those hold. */
  private void holdsTheRows(ResultStore store, int trials) {
    for (String name : SweepTables.OF_ROWS) {
      SweepTables rows = new SweepTables(session(), store);
      List<String> expected =
          SweepTables.flat(name, rows.rows(rows.readable().keySet())).toJSON().collectAsList();
      assertThat(table(name, "true")).containsExactlyInAnyOrderElementsOf(expected);
    }
    assertThat(table("trials", "true")).hasSize(trials);
  }

  private List<String> table(String name, String condition) {
    return rows(name).where(condition).toJSON().collectAsList();
  }

  /** As any reader finds it. */
  private Dataset<Row> rows(String table) {
    try {
      Path tables = folder.resolve("tables");
      String current = Files.readString(tables.resolve("current")).strip();
      return session().read().parquet(tables.resolve(current).resolve(table).toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> generationFolders() {
    try (Stream<Path> files = Files.list(folder.resolve("tables"))) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith("generation-"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
