package io.eigensweep.cli;

import io.eigensweep.cluster.Cluster;
import io.eigensweep.files.HadoopPaths;
import io.eigensweep.report.Markdown;
import io.eigensweep.report.Table;
import io.eigensweep.store.ResultStore;
import io.eigensweep.store.Studies;
import io.eigensweep.tables.SqlException;
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
  private final PrintStream err;

  ResultsCommand(PrintStream err) {
    this.err = err;
  }

  /** Writes {@code document} with its tables from the sweeps in {@code folder} to {@code out}. */
  int print(String document, String folder, PrintStream out, Configuration conf) {
    out.print(filled(document, folder, conf));
    return 0;
  }

  /** The same to the file {@code target}. */
  int write(String document, String folder, Path target, Configuration conf) {
    String text = filled(document, folder, conf);
    try (OutputStream file = target.getFileSystem(conf).create(target, true)) {
      file.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UsageException("can't write " + target + ": " + e.getMessage());
    }
    err.println("the tables of " + document + " are filled in " + target);
    return 0;
  }

  private String filled(String document, String folder, Configuration conf) {
    TableBlocks blocks = TableBlocks.of(JobInput.text(document, "document", conf), document);
    Studies sweeps = new Studies(HadoopPaths.of(folder), conf);
    if (sweeps.sweeps().isEmpty()) {
      throw new UsageException("there is no sweep in the folders of " + sweeps.folder());
    }
    List<List<Table>> answers = new ArrayList<>();
    blocks.blocks().forEach(block -> answers.add(new ArrayList<>()));
    List<@Nullable String> texts = new ArrayList<>();
    try (Cluster cluster = Cluster.forQueries("results")) {
      for (Map.Entry<String, ResultStore> sweep : sweeps.sweeps().entrySet()) {
        String study = sweep.getKey();
        if (blocks.blocks().stream().noneMatch(block -> block.asks(study))) {
          continue;
        }
        SqlViews views = new SqlViews(cluster, sweep.getValue(), err::println);
        for (int i = 0; i < blocks.blocks().size(); i++) {
          TableBlocks.Block block = blocks.blocks().get(i);
          if (block.asks(study)) {
            answers.get(i).add(answer(views, block, study));
          }
        }
      }
    }
    for (int i = 0; i < answers.size(); i++) {
      TableBlocks.Block block = blocks.blocks().get(i);
      texts.add(
          block.isFile()
              ? included(sweeps.folder(), block, conf)
              : answers.get(i).isEmpty()
                  ? "*" + block.source() + " has not been run.*\n"
                  : Markdown.render(joined(answers.get(i))));
    }
    return blocks.filled(texts);
  }

  private static Table answer(SqlViews views, TableBlocks.Block block, String study) {
    List<String> header = new ArrayList<>();
    List<List<@Nullable String>> rows = new ArrayList<>();
    try {
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
    } catch (SqlException e) {
      throw new UsageException(block.place() + ": " + e.getMessage());
    }
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
      FileSystem files = file.getFileSystem(conf);
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
