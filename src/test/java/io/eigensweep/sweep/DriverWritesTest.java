package io.eigensweep.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DriverWritesTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(1);

  private final AtomicBoolean away = new AtomicBoolean();
  private final BlockingQueue<String> tried = new LinkedBlockingQueue<>();
  private final List<String> written = new CopyOnWriteArrayList<>();

  private Runnable write(String name) {
    return () -> {
      tried.add(name);
      if (away.get()) {
        throw new UncheckedIOException(new IOException("away"));
      }
      written.add(name);
    };
  }

  @Test
  void writesInOrder() {
    try (DriverWrites writes = new DriverWrites(() -> {}, LONG, LONG)) {
      writes.add(write("a"));
      writes.add(write("b"));
      assertThat(writes.await(LONG)).isTrue();
    }
    assertThat(written).containsExactly("a", "b");
  }

  @Test
  void triesAgainUntilStorageIsBack() throws Exception {
    away.set(true);
    try (DriverWrites writes = new DriverWrites(() -> {}, LONG, SHORT)) {
      writes.add(write("a"));
      writes.add(write("b"));
      // The third attempt begins when the second one was taken note of.
      for (int i = 0; i < 3; i++) {
        assertThat(tried.take()).isEqualTo("a");
      }
      assertThat(writes.outage().orElseThrow().reason()).contains("away");
      assertThat(writes.wellFor()).isZero();
      assertThat(writes.await(SHORT)).isFalse();

      away.set(false);
      assertThat(writes.await(LONG)).isTrue();
    }
    assertThat(written).containsExactly("a", "b");
  }

  @Test
  void whatCouldBeWrittenDoesNotEndAnOutage() throws Exception {
    BlockingQueue<Boolean> room = new LinkedBlockingQueue<>();
    Runnable beat =
        () -> {
          tried.add("beat");
          try {
            if (!room.take()) {
              throw new UncheckedIOException(new IOException("no room for a row"));
            }
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    try (DriverWrites writes = new DriverWrites(beat, SHORT, SHORT)) {
      assertThat(tried.take()).isEqualTo("beat");
      writes.add(write("note"));
      room.add(false);
      // The note was written when the next beat begins, and that has not answered.
      assertThat(tried.take()).isEqualTo("note");
      assertThat(tried.take()).isEqualTo("beat");
      assertThat(written).containsExactly("note");
      assertThat(writes.await(LONG)).isTrue();
      assertThat(writes.outage().orElseThrow().reason()).contains("no room for a row");
      long since = writes.outage().orElseThrow().since();

      room.add(false);
      assertThat(tried.take()).isEqualTo("beat");
      assertThat(writes.outage().orElseThrow().since()).isEqualTo(since);

      room.add(true);
      assertThat(tried.take()).isEqualTo("beat");
      assertThat(writes.outage()).isEmpty();
      room.add(true); // lets the thread go
    }
  }

  @Test
  void asksNowAndThenWhetherStorageIsThere() throws Exception {
    away.set(true);
    try (DriverWrites writes = new DriverWrites(write("beat"), SHORT, SHORT)) {
      for (int i = 0; i < 3; i++) {
        assertThat(tried.take()).isEqualTo("beat");
      }
      assertThat(writes.outage()).isPresent();
    }
  }
}
