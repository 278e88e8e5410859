package io.eigensweep.signal;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A text file of class names: UTF-8, one a line; blank lines and lines that begin with # don't
 * count.
 */
final class ClassList {
  private ClassList() {}

  /** The names in {@code bytes}, in the file's order. */
  static List<String> parse(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return (text.startsWith("\uFEFF") ? text.substring(1) : text)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }
}
