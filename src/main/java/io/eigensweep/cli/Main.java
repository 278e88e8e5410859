package io.eigensweep.cli;

/** The program's entry point. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(args.length == 0 ? 2 : 0);
  }
}
