package io.eigensweep.linalg;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * This process's environment as C sees it, which the JVM can't set: OpenBLAS reads there, and only
 * while it is loaded, which kernels to take. What {@link System#getenv} says does not change.
 */
final class Environ {
  /** What C's {@code environ} points to must live as long as the process. */
  private static final List<Pointer> KEPT = new ArrayList<>();

  private Environ() {}

  /**
   * Sets variables, or takes away those whose value is null. The array of pointers is replaced as a
   * whole, with one store, so that a thread that reads it meanwhile sees the old or the new one.
   *
   * @throws IllegalStateException where the system has no such array
   */
  static synchronized void change(Map<String, @Nullable String> variables) {
    Pointer address = Loader.addressof("environ");
    if (address == null) {
      throw new IllegalStateException("this system's C library has no environ");
    }
    PointerPointer<Pointer> environ = new PointerPointer<>(address);
    List<Pointer> entries = new ArrayList<>();
    PointerPointer<Pointer> old = new PointerPointer<>(environ.get(0));
    for (long i = 0; !old.isNull() && old.get(i) != null; i++) {
      Pointer entry = old.get(i);
      String text = new BytePointer(entry).getString(StandardCharsets.ISO_8859_1);
      if (variables.keySet().stream().noneMatch(name -> text.startsWith(name + "="))) {
        entries.add(entry);
      }
    }
    variables.forEach(
        (name, value) -> {
          if (value != null) {
            BytePointer entry = new BytePointer(name + "=" + value, StandardCharsets.ISO_8859_1);
            KEPT.add(entry);
            entries.add(entry);
          }
        });
    PointerPointer<Pointer> fresh = new PointerPointer<>(entries.size() + 1L);
    for (int i = 0; i < entries.size(); i++) {
      fresh.put(i, entries.get(i));
    }
    fresh.put(entries.size(), (Pointer) null);
    KEPT.add(fresh);
    environ.put(0, fresh);
  }
}
