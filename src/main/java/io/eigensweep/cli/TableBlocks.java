package io.eigensweep.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Markdown document with blocks that are made: what stands between {@code <!-- table STUDY:
 * SELECT … -->} and {@code <!-- end -->} is the query's answer in that study, with {@code each} for
 * STUDY in every one; between {@code <!-- file PATH -->} and {@code <!-- end -->} it is a file. The
 * comments stay, so that a filled document can be filled again.
 */
final class TableBlocks {
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?s)(<!-- (?:table ([A-Za-z0-9._-]+):(.*?)|file (\\S+)) -->\\n)(.*?)(<!-- end -->)");
  private static final Pattern OPENING = Pattern.compile("<!-- (table|file|end)\\b");

  /**
   * One block.
   *
   * @param source the study, {@code each}, or the file
   * @param query the SQL; empty for a file
   * @param place where it begins, for messages
   */
  record Block(String source, String query, String place) {
    boolean isFile() {
      return query.isEmpty();
    }

    /** Whether it is a table over every study. */
    boolean isEach() {
      return source.equals("each");
    }

    /** Whether the answer of {@code study} belongs to it. */
    boolean asks(String study) {
      return !isFile() && (isEach() || source.equals(study));
    }
  }

  private final String text;
  private final List<Block> blocks;

  private TableBlocks(String text, List<Block> blocks) {
    this.text = text;
    this.blocks = List.copyOf(blocks);
  }

  /**
   * The blocks of {@code text}.
   *
   * @throws UsageException with the place, when a block has no end or no query
   */
  static TableBlocks of(String text, String fileName) {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    int after = 0;
    while (matcher.find()) {
      refuseStray(text, after, matcher.start(), fileName);
      refuseStray(text, matcher.start(5), matcher.end(5), fileName);
      String place = place(text, matcher.start(), fileName);
      boolean file = matcher.group(4) != null;
      String query = file ? "" : matcher.group(3).strip();
      if (!file && query.isEmpty()) {
        throw new UsageException(place + ": a table needs a query, <!-- table STUDY: SELECT … -->");
      }
      blocks.add(new Block(file ? matcher.group(4) : matcher.group(2), query, place));
      after = matcher.end();
    }
    refuseStray(text, after, text.length(), fileName);
    return new TableBlocks(text, blocks);
  }

  private static void refuseStray(String text, int from, int to, String fileName) {
    Matcher stray = OPENING.matcher(text).region(from, to);
    if (stray.find()) {
      throw new UsageException(
          place(text, stray.start(), fileName)
              + ": a block is <!-- table STUDY: SELECT … --> or <!-- file PATH --> on lines of"
              + " their own, and <!-- end -->");
    }
  }

  private static String place(String text, int at, String fileName) {
    return fileName + ":" + (1 + text.substring(0, at).chars().filter(c -> c == '\n').count());
  }

  List<Block> blocks() {
    return blocks;
  }

  /** The document with {@code contents}, one for each block, in their places. */
  String filled(List<@Nullable String> contents) {
    StringBuilder filled = new StringBuilder();
    Matcher matcher = BLOCK.matcher(text);
    int after = 0;
    for (int i = 0; matcher.find(); i++) {
      filled.append(text, after, matcher.start()).append(matcher.group(1));
      filled.append('\n').append(contents.get(i)).append('\n').append(matcher.group(6));
      after = matcher.end();
    }
    return filled.append(text.substring(after)).toString();
  }
}
