package io.eigensweep.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** Writes rows anew as a program that is not this one could have written them: without a label. */
public final class OtherProgram {
  private static final Configuration CONF = new Configuration();

  private OtherProgram() {}

  /** Writes the row in {@code file} anew, without these columns and with an unknown one. */
  public static void dropColumns(Path file, Set<String> columns) throws IOException {
    Group row = read(file);
    List<Type> kept = new ArrayList<>(row.getType().getFields());
    kept.removeIf(column -> columns.contains(column.getName()));
    kept.add(Types.optional(PrimitiveTypeName.DOUBLE).named("of_a_later_version"));
    Group written = copy(row, kept);
    written.add("of_a_later_version", 0.5);
    write(file, written);
  }

  /** The same with an integer in the place of {@code column}, whatever that was. */
  public static void setInteger(Path file, String column, int value) throws IOException {
    Group row = read(file);
    List<Type> columns = new ArrayList<>(row.getType().getFields());
    columns.removeIf(type -> type.getName().equals(column));
    Group written = copy(row, columns);
    columns.add(Types.optional(PrimitiveTypeName.INT32).named(column));
    written = copy(written, columns);
    written.add(column, value);
    write(file, written);
  }

  private static Group read(Path file) throws IOException {
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), hadoop(file)).withConf(CONF).build()) {
      return Objects.requireNonNull(reader.read());
    }
  }

  private static void write(Path file, Group row) throws IOException {
    Files.delete(file);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(hadoop(file))
            .withConf(CONF)
            .withType((MessageType) row.getType())
            .build()) {
      writer.write(row);
    }
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
  }

  private static Group copy(Group row, List<Type> columns) {
    Group copy = new SimpleGroup(new MessageType("row", columns));
    for (Type column : columns) {
      String name = column.getName();
      if (!row.getType().containsField(name) || row.getFieldRepetitionCount(name) == 0) {
        continue;
      }
      if (column instanceof PrimitiveType primitive) {
        copy(row, copy, name, primitive.getPrimitiveTypeName());
      } else {
        copy.add(name, row.getGroup(name, 0));
      }
    }
    return copy;
  }

  private static void copy(Group from, Group to, String name, PrimitiveTypeName type) {
    switch (type) {
      case BINARY -> to.add(name, from.getBinary(name, 0));
      case BOOLEAN -> to.add(name, from.getBoolean(name, 0));
      case INT32 -> to.add(name, from.getInteger(name, 0));
      case INT64 -> to.add(name, from.getLong(name, 0));
      case DOUBLE -> to.add(name, from.getDouble(name, 0));
      default -> throw new IllegalArgumentException("no column of a row is " + type);
    }
  }

  private static org.apache.hadoop.fs.Path hadoop(Path file) {
    return new org.apache.hadoop.fs.Path(file.toUri());
  }
}
