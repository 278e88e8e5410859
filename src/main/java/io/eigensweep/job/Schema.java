package io.eigensweep.job;

import io.eigensweep.settings.Key;
import io.eigensweep.settings.Names;
import io.eigensweep.settings.Shorthand;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a block of a job file may hold, derived from the hyperparameter records: the types of a
 * sealed interface, the keys of a record, the shape of a key's value.
 */
final class Schema {
  private Schema() {}

  /** How a key's value is written. */
  enum Shape {
    /** One scalar; a list of them is an axis. */
    SCALAR,
    /** A list by nature, never an axis. */
    LIST,
    /** A block of keys; a list of them is an axis. */
    BLOCK
  }

  /**
   * One key of a record.
   *
   * @param component the record's component
   * @param key its description
   * @param name its spelling in a job file
   * @param shape how its value is written
   * @param type the value's type, of one element for {@link Shape#LIST}
   */
  record Field(RecordComponent component, Key key, String name, Shape shape, Class<?> type) {}

  /** The record types that {@code section} can be, by their {@code type:}, in their order. */
  static Map<String, Class<?>> types(Class<?> section) {
    Map<String, Class<?>> types = new LinkedHashMap<>();
    for (Class<?> permitted : section.getPermittedSubclasses()) {
      types.put(Names.typeName(permitted), permitted);
    }
    return types;
  }

  /** The keys of {@code record} in the order of its components. */
  static List<Field> fields(Class<?> record) {
    return Arrays.stream(record.getRecordComponents()).map(Schema::field).toList();
  }

  private static Field field(RecordComponent component) {
    Key key = component.getAnnotation(Key.class);
    if (key == null) {
      throw new IllegalStateException(component + " has no @Key");
    }
    Class<?> type = component.getType();
    Shape shape = isBlock(type) ? Shape.BLOCK : Shape.SCALAR;
    if (component.getGenericType() instanceof ParameterizedType list
        && type == List.class
        && list.getActualTypeArguments()[0] instanceof Class<?> element) {
      shape = Shape.LIST;
      type = element;
    }
    return new Field(component, key, Names.key(component), shape, type);
  }

  /** True when a scalar can stand for a block of {@code type}. */
  static boolean hasShorthand(Class<?> type) {
    return Shorthand.class.isAssignableFrom(type);
  }

  private static boolean isBlock(Class<?> type) {
    if (type.isSealed() && type.isInterface()) {
      return true;
    }
    RecordComponent[] components = type.getRecordComponents();
    return components != null
        && (components.length == 0 || components[0].isAnnotationPresent(Key.class));
  }
}
