package io.eigensweep.signal;

import org.apache.hadoop.conf.Configuration;

/** Prints what a folder of pictures resolves to; a test runs it in a JVM with another locale. */
final class ResolveFolder {
  private ResolveFolder() {}

  public static void main(String[] arguments) {
    Resolution resolution =
        new SignalResolver(new Configuration(false))
            .resolve(new ImageSource(arguments[0], null, Coordinates.CENTERS, false));
    System.out.println(resolution.signals().size() + " pictures");
    resolution.notes().forEach(System.out::println);
  }
}
