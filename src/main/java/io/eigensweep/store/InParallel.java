package io.eigensweep.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.hadoop.fs.Path;

/** Many small requests to a file system, which may answer each slowly but many at a time. */
final class InParallel {
  private static final int THREADS = 16;
  private static final int BATCHES_PER_THREAD = 8;
  private static final int MOST_IN_A_BATCH = 100;

  /** One request. */
  interface Request<K, V> {
    V of(K key) throws IOException;
  }

  private InParallel() {}

  /**
   * The answers to {@code request} for {@code keys}, in their order.
   *
   * @param action what is done, for the message of an error
   * @param path where it is done
   * @throws ResultStoreException of the first key whose request fails
   */
  static <K, V> List<V> ask(
      String action, Function<K, Path> path, Collection<K> keys, Request<K, V> request) {
    if (keys.isEmpty()) {
      return List.of();
    }
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(THREADS, keys.size()));
    try {
      List<List<K>> batches = batches(List.copyOf(keys));
      List<Future<List<V>>> futures = new ArrayList<>(batches.size());
      for (List<K> batch : batches) {
        futures.add(threads.submit(() -> answers(action, path, batch, request)));
      }
      List<V> answers = new ArrayList<>(keys.size());
      for (Future<List<V>> future : futures) {
        answers.addAll(future.get());
      }
      return answers;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      if (e.getCause() instanceof Error fatal) {
        throw fatal;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for storage", e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Requests that take microseconds each cost less than to hand them over one by one. */
  private static <K> List<List<K>> batches(List<K> keys) {
    int size = Math.max(1, Math.min(MOST_IN_A_BATCH, keys.size() / (THREADS * BATCHES_PER_THREAD)));
    List<List<K>> batches = new ArrayList<>();
    for (int from = 0; from < keys.size(); from += size) {
      batches.add(keys.subList(from, Math.min(keys.size(), from + size)));
    }
    return batches;
  }

  private static <K, V> List<V> answers(
      String action, Function<K, Path> path, List<K> keys, Request<K, V> request) {
    List<V> answers = new ArrayList<>(keys.size());
    for (K key : keys) {
      try {
        answers.add(request.of(key));
      } catch (IOException e) {
        throw new ResultStoreException(action, path.apply(key), e);
      }
    }
    return answers;
  }
}
