package io.eigensweep.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.eigensweep.measure.ColumnType.Scalar;
import io.eigensweep.measure.Field;
import io.eigensweep.ntk.Checkpoint;
import io.eigensweep.settings.Key;
import io.eigensweep.settings.Names;
import io.eigensweep.trial.Trial;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HyperparametersTest {
  private static final List<Trial> TRIALS =
      List.of(
          SampleResults.trial(SampleResults.photo("a.JPEG"), SampleResults.IDENTITY, 100, 0),
          SampleResults.trial(SampleResults.photo("b.JPEG"), SampleResults.fourier(8), 0.5, 1),
          SampleResults.trial(SampleResults.generated(3), SampleResults.multigrid(200), 10, 2));

  @Test
  void everyResolvedFieldOfATrialIsAColumnOfItsType() throws ReflectiveOperationException {
    for (Trial trial : TRIALS) {
      Map<String, Object> fields = new HashMap<>();
      collect(trial, fields);
      Row row = Row.of(SampleResults.failed(trial, "x"), null);
      Map<String, Object> stored = new HashMap<>();
      Map<String, Class<?>> types = new HashMap<>();
      for (Column column : Tables.TRIALS) {
        Object value = column.value().apply(row);
        if (value != null && fields.containsKey(column.name())) {
          stored.put(column.name(), value);
          types.put(column.name(), javaType((Scalar) column.field().type()));
        }
      }
      assertThat(stored).isEqualTo(fields);
      stored.forEach((name, value) -> assertThat(value).as(name).isInstanceOf(types.get(name)));
    }
  }

  @Test
  void columnsOfOtherAlternativesAreNull() {
    Map<String, Object> identity = Hyperparameters.values(TRIALS.get(0));
    assertThat(identity).containsEntry("encoding", "identity");
    assertThat(identity.get("levels")).isNull();
    assertThat(identity.get("generated_kind")).isNull();
    assertThat(identity.keySet())
        .isEqualTo(Hyperparameters.values(TRIALS.get(2)).keySet())
        .containsExactlyElementsOf(Hyperparameters.ALL.stream().map(Hyperparameter::name).toList());
  }

  @Test
  void listsAndEnumsAreText() {
    assertThat(Hyperparameters.values(TRIALS.get(2)))
        .containsEntry("ntk_epochs", "0,3")
        .containsEntry("artifacts", "weights,reconstruction")
        .containsEntry("generated_kind", "star")
        .containsEntry("signal_kind", "generated");
  }

  @Test
  void fieldsOfSeveralAlternativesAreOneNullableColumn() {
    assertThat(field("levels").nullable()).isTrue();
    assertThat(field("signal_size").nullable()).isTrue();
    assertThat(field("coordinates").nullable()).isTrue();
    assertThat(field("width").nullable()).isFalse();
    assertThat(field("learning_rate").type()).isEqualTo(Scalar.DOUBLE);
    assertThat(field("signal_size").unit()).isEqualTo("px");
  }

  @Test
  void settingHoldsWhatCanChangeANumberButThePictureAndTheSeed() {
    assertThat(Hyperparameters.SETTING.stream().map(Hyperparameter::name))
        .contains("signal_size", "coordinates", "levels", "width", "learning_rate", "ntk_points")
        .doesNotContain(
            "signal_kind",
            "signal_root",
            "signal_class",
            "signal_id",
            "generated_index",
            "encoding",
            "seed",
            "artifacts",
            "psnr_every",
            "blas_choice");
  }

  @Test
  void signalIdNamesGeneratedPicturesToo() {
    Column id =
        Tables.TRIALS.stream()
            .filter(column -> column.name().equals("signal_id"))
            .findFirst()
            .orElseThrow();
    assertThat(id.value().apply(Row.of(SampleResults.failed(TRIALS.get(2), "x"), null)))
        .isEqualTo("star-3");
    assertThat(id.value().apply(Row.of(SampleResults.failed(TRIALS.get(0), "x"), null)))
        .isEqualTo("a.JPEG");
  }

  private static Field field(String name) {
    return Hyperparameters.ALL.stream()
        .filter(parameter -> parameter.name().equals(name))
        .findFirst()
        .orElseThrow()
        .field();
  }

  /**
   * Every non-null leaf below {@code record}, written down independently of the code under test.
   */
  private static void collect(Record record, Map<String, Object> fields)
      throws ReflectiveOperationException {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = component.getAccessor().invoke(record);
      if (value == null) {
        continue;
      }
      if (value instanceof Record nested
          && Stream.of(nested.getClass().getRecordComponents())
              .allMatch(inner -> inner.isAnnotationPresent(Key.class))) {
        collect(nested, fields);
      } else if (value instanceof Number || value instanceof Boolean) {
        fields.put(Names.column(component), value);
      } else if (value instanceof Enum<?> constant) {
        fields.put(Names.column(component), Names.of(constant));
      } else if (value instanceof List<?> list) {
        fields.put(
            Names.column(component),
            list.stream()
                .map(
                    entry ->
                        entry instanceof Enum<?> constant
                            ? Names.of(constant)
                            : ((Checkpoint) entry).name())
                .collect(Collectors.joining(",")));
      } else {
        fields.put(Names.column(component), value.toString());
      }
    }
  }

  private static Class<?> javaType(Scalar type) {
    return switch (type) {
      case STRING -> String.class;
      case BOOLEAN -> Boolean.class;
      case INT -> Integer.class;
      case BIGINT -> Long.class;
      case DOUBLE -> Double.class;
      case TIMESTAMP -> java.time.Instant.class;
    };
  }
}
