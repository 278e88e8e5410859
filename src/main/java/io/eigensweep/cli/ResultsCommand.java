package io.eigensweep.cli;

import io.eigensweep.cluster.Cluster;
import io.eigensweep.cluster.Connections;
import io.eigensweep.files.HadoopPaths;
import io.eigensweep.report.Markdown;
import io.eigensweep.report.Table;
import io.eigensweep.store.ResultStore;
import io.eigensweep.store.Studies;
import io.eigensweep.tables.SqlViews;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Fills the tables of a document from the sweeps below a folder: prose is written, numbers are
 * made. The document stays its own template.
 */
final class ResultsCommand {
  /** What became of a block: a table of each study that has answered, and what went wrong. */
  private record Answer(List<Table> tables, List<String> failures) {
    Answer() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    String text(String none) {
      StringBuilder text = new StringBuilder();
      if (!tables.isEmpty()) {
        text.append(Markdown.render(joined(tables)));
      }
      for (String failure : failures) {
        text.append(text.isEmpty() ? "*" : "\n*").append(failure).append("*\n");
      }
      return text.isEmpty() ? "*" + none + "*\n" : text.toString();
    }
  }

  private record Filled(String text, boolean isWhole) {
    int code() {
      return isWhole ? 0 : Main.INCOMPLETE;
    }
  }

  private final PrintStream err;
  private final Connections connections;

  ResultsCommand(PrintStream err, Connections connections) {
    this.err = err;
    this.connections = connections;
  }

  /**
   * Writes {@code document} with its tables from the sweeps in {@code folder} to {@code out}.
   *
   * @return 0, or {@link Main#INCOMPLETE} when a block has an error in place of its table
   */
  int print(String document, String folder, PrintStream out, Configuration conf) {
    Filled filled = filled(document, folder, conf);
    out.print(filled.text());
    return filled.code();
  }

  /** The same to the file {@code target}. */
  int write(String document, String folder, Path target, Configuration conf) {
    Filled filled = filled(document, folder, conf);
    try (OutputStream file = HadoopPaths.system(target, conf).create(target, true)) {
      file.write(filled.text().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UsageException("can't write " + target + ": " + e.getMessage());
    }
    err.println("the tables of " + document + " are filled in " + target);
    return filled.code();
  }

  private Filled filled(String document, String folder, Configuration conf) {
    TableBlocks blocks = TableBlocks.of(JobFiles.text(document, "document", () -> conf), document);
    Studies sweeps = new Studies(HadoopPaths.of(folder), conf);
    if (sweeps.sweeps().isEmpty()) {
      throw new UsageException("there is no sweep in the folders of " + sweeps.folder());
    }
    List<Answer> answers = new ArrayList<>();
    blocks.blocks().forEach(block -> answers.add(new Answer()));
    List<@Nullable String> texts = new ArrayList<>();
    try (Cluster cluster = connections.forQueries("results")) {
      for (Map.Entry<String, ResultStore> sweep : sweeps.sweeps().entrySet()) {
        String study = sweep.getKey();
        if (blocks.blocks().stream().noneMatch(block -> block.asks(study))) {
          continue;
        }
        answer(cluster, sweep.getValue(), study, blocks.blocks(), answers);
      }
    }
    for (int i = 0; i < answers.size(); i++) {
      TableBlocks.Block block = blocks.blocks().get(i);
      texts.add(
          block.isFile()
              ? included(sweeps.folder(), block, conf)
              : answers.get(i).text(block.source() + " has not been run."));
    }
    boolean isWhole = answers.stream().allMatch(answer -> answer.failures().isEmpty());
    return new Filled(blocks.filled(texts), isWhole);
  }

  /** Fills the blocks that ask {@code study}; one that fails takes nothing else with it. */
  private void answer(
      Cluster cluster,
      ResultStore store,
      String study,
      List<TableBlocks.Block> blocks,
      List<Answer> answers) {
    SqlViews views = null;
    String closed = "";
    try {
      views = new SqlViews(cluster, store, err::println);
    } catch (Exception e) { // Spark's are checked, but not declared
      closed = failed(study + " can't be opened", e);
    }
    for (int i = 0; i < blocks.size(); i++) {
      TableBlocks.Block block = blocks.get(i);
      if (!block.asks(study)) {
        continue;
      }
      if (views == null) {
        answers.get(i).failures().add(closed);
        continue;
      }
      try {
        answers.get(i).tables().add(table(views, block, study));
      } catch (RuntimeException e) {
        answers.get(i).failures().add(failed(block.place() + ": " + study, e));
      }
    }
  }

  /** Says what went wrong at {@code place}; the line about it. */
  private String failed(String place, Exception error) {
    err.print(place + ": ");
    Main.failed(error, err);
    String line = place + ": " + error.getMessage();
    return line.lines().findFirst().orElse(line);
  }

  private static Table table(SqlViews views, TableBlocks.Block block, String study) {
    List<String> header = new ArrayList<>();
    List<List<@Nullable String>> rows = new ArrayList<>();
    views.query(
        block.query(),
        answer -> {
          if (block.isEach()) {
            header.add("study");
          }
          header.addAll(answer.columns());
          answer
              .rows()
              .forEachRemaining(
                  row -> {
                    List<@Nullable String> cells = new ArrayList<>();
                    if (block.isEach()) {
                      cells.add(study);
                    }
                    row.forEach(value -> cells.add(value == null ? null : Cells.text(value)));
                    rows.add(cells);
                  });
        });
    return new Table(header, rows);
  }

  private static Table joined(List<Table> tables) {
    List<List<@Nullable String>> rows = new ArrayList<>();
    tables.forEach(table -> rows.addAll(table.cells()));
    return new Table(tables.get(0).header(), rows);
  }

  /** A file below the folder, without the title that it may begin with. */
  private static String included(Path root, TableBlocks.Block block, Configuration conf) {
    Path file = HadoopPaths.child(root, block.source());
    try {
      FileSystem files = HadoopPaths.system(file, conf);
      if (!files.exists(file)) {
        return "*" + block.source() + " has not been made.*\n";
      }
      try (InputStream in = files.open(file)) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        return text.replaceFirst("^# [^\n]*\n+", "").strip() + "\n";
      }
    } catch (IOException e) {
      throw new UsageException("can't read " + file + ": " + e.getMessage());
    }
  }
}
