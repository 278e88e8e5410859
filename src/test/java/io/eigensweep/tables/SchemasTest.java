package io.eigensweep.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.measure.Field;
import io.eigensweep.result.Column;
import io.eigensweep.result.Tables;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class SchemasTest {

  private static void matches(StructType schema, List<Field> fields) {
    assertThat(schema.fieldNames())
        .containsExactlyElementsOf(fields.stream().map(Field::name).toList());
    for (int i = 0; i < fields.size(); i++) {
      StructField column = schema.fields()[i];
      assertThat(column.dataType().catalogString()).isEqualTo(fields.get(i).type().sql());
      assertThat(column.nullable()).isEqualTo(fields.get(i).nullable());
      assertThat(column.getComment().get()).startsWith(fields.get(i).meaning());
    }
  }

  @Test
  void everyTableHasItsTypesAndMeanings() {
    for (Map.Entry<String, List<Field>> table : Tables.BY_NAME.entrySet()) {
      matches(Schemas.of(table.getValue()), table.getValue());
    }
  }

  @Test
  void rowsHoldNestedCurvesAndSpectra() {
    List<Field> row = Tables.ROW.stream().map(Column::field).toList();

    matches(Schemas.of(row), row);
  }

  @Test
  void everyTableIsReadOrComputed() {
    assertThat(Tables.BY_NAME.keySet())
        .containsExactlyElementsOf(
            java.util.stream.Stream.concat(
                    SweepTables.OF_ROWS.stream(), SweepTables.AGGREGATED.stream())
                .toList());
  }
}
