package io.eigensweep.settings;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What hyperparameter records say of themselves: the types of a sealed interface, the components of
 * a record, and the values that a record has of them. Whoever follows these records (the job
 * reader, the canonical JSON, the columns, a trial in a few words) does so by these lists, read
 * once per type: reading an annotation anew costs more than everything else about a trial id.
 */
public final class Schema {
  private static final ClassValue<List<Component>> CACHE =
      new ClassValue<>() {
        @Override
        protected List<Component> computeValue(Class<?> type) {
          return Arrays.stream(type.getRecordComponents()).map(Component::of).toList();
        }
      };

  private Schema() {}

  /** How a component's value is written in a job. */
  public enum Shape {
    /** One scalar; a list of them is an axis. */
    SCALAR,
    /** A list by nature, never an axis. */
    LIST,
    /** A block of keys; a list of them is an axis. */
    BLOCK
  }

  /**
   * One component of a record.
   *
   * @param name its key in a job file
   * @param column its column in the {@code trials} table
   * @param key its description
   * @param shape how its value is written
   * @param type the value's type, of one element for {@link Shape#LIST}
   * @param accessor reads it
   */
  public record Component(
      String name, String column, Key key, Shape shape, Class<?> type, Method accessor) {

    private static Component of(RecordComponent component) {
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
      Method accessor = component.getAccessor();
      accessor.trySetAccessible();
      return new Component(
          Names.key(component), Names.column(component), key, shape, type, accessor);
    }

    /** Whether the value is a block of one of several types. */
    public boolean isTyped() {
      return shape == Shape.BLOCK && type.isSealed();
    }

    /** Whether a scalar can stand for the value, as it always does where that is no block. */
    public boolean hasScalar() {
      return shape == Shape.SCALAR || (shape == Shape.BLOCK && hasShorthand(type));
    }

    /** Whether {@code value} is what an absent key means. */
    public boolean isDefault(Object value) {
      String fallback = key.fallback();
      if (value instanceof Double number) {
        return !fallback.isEmpty() && number == Double.parseDouble(fallback);
      }
      return CanonicalJson.isScalar(value) && CanonicalJson.text(value).equals(fallback);
    }

    /** The value of this component in {@code record}. */
    public @Nullable Object value(Record record) {
      try {
        return accessor.invoke(record);
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException("can't read " + accessor, e);
      }
    }
  }

  /** The components of {@code record}, a record type, in their order. */
  public static List<Component> of(Class<?> record) {
    return CACHE.get(record);
  }

  /** The record types that {@code section} can be, by their {@code type:}, in their order. */
  public static Map<String, Class<?>> types(Class<?> section) {
    Map<String, Class<?>> types = new LinkedHashMap<>();
    for (Class<?> permitted : section.getPermittedSubclasses()) {
      types.put(Names.typeName(permitted), permitted);
    }
    return Collections.unmodifiableMap(types);
  }

  /** Whether a value of {@code type} is a block of keys. */
  public static boolean isBlock(Class<?> type) {
    return (type.isInterface() && type.isSealed())
        || (type.isRecord()
            && Arrays.stream(type.getRecordComponents())
                .allMatch(component -> component.isAnnotationPresent(Key.class)));
  }

  /** Whether a scalar can stand for a block of {@code type}. */
  public static boolean hasShorthand(Class<?> type) {
    return Shorthand.class.isAssignableFrom(type);
  }

  /**
   * Goes through {@code record} and the blocks in it, in their order. The visitor gets every scalar
   * and list with its component, null where it is absent; of a block that has a type, the type's
   * name and then what is in it.
   */
  public static void walk(Record record, BiConsumer<Component, @Nullable Object> visitor) {
    for (Component component : of(record.getClass())) {
      Object value = component.value(record);
      if (component.isTyped() && value != null) {
        visitor.accept(component, Names.typeName(value.getClass()));
      }
      if (component.shape() == Shape.BLOCK && value instanceof Record block) {
        walk(block, visitor);
      } else {
        visitor.accept(component, value);
      }
    }
  }
}
