package io.eigensweep.result;

import io.eigensweep.trial.TrialId;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Finds row files that readers would stumble over: damaged ones, by the checksums of their pages,
 * and files that are no rows of this program.
 */
public final class RowCheck {
  private static final MessageType SCHEMA = RowSchema.of(Tables.ROW);

  private RowCheck() {}

  /**
   * What is wrong with the rows of {@code ids}, by trial; nothing of those that can be read, or
   * have gone meanwhile.
   *
   * @param folder where the row files are
   */
  public static Map<TrialId, String> faults(
      Path folder, Collection<TrialId> ids, Configuration conf) {
    List<TrialId> asked = List.copyOf(ids);
    List<Optional<String>> answers = InParallel.ask(asked, id -> fault(folder, id, conf));
    Map<TrialId, String> faults = new TreeMap<>();
    for (int i = 0; i < asked.size(); i++) {
      TrialId id = asked.get(i);
      answers.get(i).ifPresent(fault -> faults.put(id, fault));
    }
    return faults;
  }

  private static Optional<String> fault(Path folder, TrialId id, Configuration conf) {
    Path file = new Path(folder, id + ".parquet");
    try {
      Optional<String> misfit = misfit(file, conf);
      if (misfit.isPresent()) {
        return misfit;
      }
      Object trial = RowFile.read(file, conf, Set.of("trial_id")).get("trial_id");
      return id.text().equals(trial)
          ? Optional.empty()
          : Optional.of("it is a row of the trial " + trial);
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      String message = e.getMessage();
      return Optional.of(
          message == null ? e.getClass().getSimpleName() : message.lines().findFirst().orElse(""));
    }
  }

  /** Reads every page of {@code file} and compares its columns with those that are known. */
  private static Optional<String> misfit(Path file, Configuration conf) throws IOException {
    ParquetReadOptions options =
        HadoopReadOptions.builder(conf, file).usePageChecksumVerification(true).build();
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(file, conf), options)) {
      if (reader.getRecordCount() != 1) {
        return Optional.of("it has " + reader.getRecordCount() + " rows, not one");
      }
      MessageType schema = reader.getFileMetaData().getSchema();
      for (Type known : SCHEMA.getFields()) {
        if (schema.containsField(known.getName())
            && !fits(schema.getType(known.getName()), known)) {
          return Optional.of("its column " + known.getName() + " is of another type");
        }
      }
      reader.readNextRowGroup().close();
      return Optional.empty();
    }
  }

  /** Whether {@code stored} can be read as {@code known}; fields that it lacks are NULL. */
  private static boolean fits(Type stored, Type known) {
    if (stored.isPrimitive() || known.isPrimitive()) {
      return stored.isPrimitive()
          && known.isPrimitive()
          && stored.asPrimitiveType().getPrimitiveTypeName()
              == known.asPrimitiveType().getPrimitiveTypeName();
    }
    return known.asGroupType().getFields().stream()
        .filter(field -> stored.asGroupType().containsField(field.getName()))
        .allMatch(field -> fits(stored.asGroupType().getType(field.getName()), field));
  }
}
