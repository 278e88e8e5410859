package io.eigensweep.settings;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The components of a record type with what reflection says of them, read once per type: reading an
 * annotation anew costs more than everything else about a trial id.
 */
public final class Components {
  private static final ClassValue<List<Component>> CACHE =
      new ClassValue<>() {
        @Override
        protected List<Component> computeValue(Class<?> type) {
          return Arrays.stream(type.getRecordComponents()).map(Component::of).toList();
        }
      };

  private Components() {}

  /** The components of {@code record}, a record type, in their order. */
  public static List<Component> of(Class<?> record) {
    return CACHE.get(record);
  }

  /**
   * One component.
   *
   * @param name its key in a job file
   * @param key its description, null where it has none
   * @param accessor reads it
   */
  public record Component(String name, @Nullable Key key, Method accessor) {

    private static Component of(RecordComponent component) {
      Method accessor = component.getAccessor();
      accessor.trySetAccessible();
      return new Component(Names.key(component), component.getAnnotation(Key.class), accessor);
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
}
