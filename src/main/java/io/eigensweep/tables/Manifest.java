package io.eigensweep.tables;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.eigensweep.cluster.Cluster;
import io.eigensweep.result.Tables;
import io.eigensweep.store.ResultStore;
import io.eigensweep.store.RowVersion;
import io.eigensweep.trial.Machine;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a generation of tables is made of: {@code _manifest.json} in its folder. Readers of the
 * tables do not need it; it tells {@code aggregate} and {@code sql} which rows are newer.
 *
 * @param columns the columns of the tables, by which another version knows that they are not its
 *     own
 * @param program the build that has made them
 * @param rows the rows by trial
 * @param files the files of each table, with their lengths in bytes
 */
record Manifest(
    String columns, String program, Map<String, Entry> rows, Map<String, Map<String, Long>> files) {
  static final String NAME = "_manifest.json";

  /** What every table has now, and how it is compressed: what can't be read here is made anew. */
  static final String COLUMNS = columnsText();

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A row, and how many rows it makes in {@code curves}, {@code spectra} and {@code modes}. */
  record Entry(RowVersion version, int curves, int spectra, int modes) implements Serializable {
    /** The rows that it makes in {@code table}. */
    int in(String table) {
      return switch (table) {
        case "trials" -> 1;
        case "curves" -> curves;
        case "spectra" -> spectra;
        case "modes" -> modes;
        default -> throw new IllegalArgumentException("no rows of trials make the table " + table);
      };
    }
  }

  /** The manifest of tables that this build makes. */
  static Manifest of(Map<String, Entry> rows, Map<String, Map<String, Long>> files) {
    return new Manifest(COLUMNS, thisProgram(), rows, files);
  }

  /** The row files that {@code store} holds now. */
  static Map<String, RowVersion> versions(ResultStore store) {
    Map<String, RowVersion> versions = new TreeMap<>();
    store.rowFiles().forEach((id, version) -> versions.put(id.text(), version));
    return versions;
  }

  /** Reads what {@link #json} has written; empty when it is something else, or of other columns. */
  static Optional<Manifest> parse(byte[] json) {
    try {
      Manifest manifest = JSON.readValue(json, Manifest.class);
      return COLUMNS.equals(manifest.columns)
              && manifest.files.keySet().equals(Tables.BY_NAME.keySet())
          ? Optional.of(manifest)
          : Optional.empty();
    } catch (java.io.IOException e) {
      return Optional.empty(); // tables of another version: they are made anew from the rows
    }
  }

  byte[] json() {
    try {
      return JSON.writeValueAsString(this).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest is plain JSON", e);
    }
  }

  /** Whether this build has made the tables, so that it would compute the same from them. */
  boolean isOfThisProgram() {
    return program.equals(thisProgram());
  }

  private static String thisProgram() {
    Machine machine = Machine.current();
    return machine.codeVersion() + " " + machine.gitCommit();
  }

  private static String columnsText() {
    return Tables.BY_NAME.entrySet().stream()
        .map(
            table ->
                table.getValue().stream()
                    .map(field -> field.name() + " " + field.type())
                    .collect(Collectors.joining(", ", table.getKey() + ": ", "")))
        .collect(Collectors.joining("; ", Cluster.TABLE_CODEC + "; ", ""));
  }
}
