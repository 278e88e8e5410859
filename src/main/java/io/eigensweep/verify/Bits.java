package io.eigensweep.verify;

import io.eigensweep.network.Parameters;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** What differs between two rows of one trial in any bit, but for who computed them and when. */
final class Bits {
  private Bits() {}

  static void compare(
      Map<String, @Nullable Object> committed,
      Map<String, @Nullable Object> here,
      Findings findings) {
    compare("", committed, here, findings);
  }

  private static void compare(
      String path, @Nullable Object one, @Nullable Object other, Findings findings) {
    if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> here) {
      Set<String> keys = new TreeSet<>();
      map.keySet().forEach(key -> keys.add(String.valueOf(key)));
      here.keySet().forEach(key -> keys.add(String.valueOf(key)));
      keys.removeAll(ComputeEnvironment.PASSED_OVER);
      for (String key : keys) {
        compare(path.isEmpty() ? key : path + "." + key, map.get(key), here.get(key), findings);
      }
    } else if (one instanceof List<?> list
        && other instanceof List<?> here
        && list.size() == here.size()) {
      for (int i = 0; i < list.size(); i++) {
        compare(path + "[" + i + "]", list.get(i), here.get(i), findings);
      }
    } else {
      findings.equal(path, one, other);
    }
  }

  /** The numbers of two networks. */
  static void compare(Parameters stored, @Nullable Parameters here, Findings findings) {
    if (here == null) {
      findings.differs("weights.safetensors: no trained network here");
      return;
    }
    double[] one = numbers(stored);
    double[] other = numbers(here);
    if (one.length != other.length) {
      findings.differs("weights.safetensors: " + one.length + " numbers, here " + other.length);
      return;
    }
    int differing = 0;
    for (int i = 0; i < one.length; i++) {
      differing += one[i] == other[i] ? 0 : 1;
    }
    if (differing > 0) {
      findings.differs(
          "weights.safetensors: " + differing + " of " + one.length + " numbers differ");
    }
  }

  private static double[] numbers(Parameters parameters) {
    return Stream.of(parameters.weights(), parameters.biases(), parameters.grids())
        .flatMap(List::stream)
        .map(DMatrixRMaj::getData)
        .flatMapToDouble(Arrays::stream)
        .toArray();
  }
}
