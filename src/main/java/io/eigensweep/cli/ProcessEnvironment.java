package io.eigensweep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * What the process finds around it, brought into an order that Java, Hadoop and Spark can work
 * with.
 */
final class ProcessEnvironment {
  /** What Java says where the system has no entry for the user. */
  private static final String UNKNOWN = "?";

  private ProcessEnvironment() {}

  /** Once, before anything else has asked for the user. */
  static void settle() {
    if (System.getProperty("user.name", UNKNOWN).equals(UNKNOWN)) {
      String name = userName(System.getenv(), userId());
      System.setProperty("user.name", name);
      // Hadoop would ask the system who this is, and give up without an answer.
      UserGroupInformation.setLoginUser(UserGroupInformation.createRemoteUser(name));
    }
    if (!Path.of(System.getProperty("user.home", UNKNOWN)).isAbsolute()) {
      System.setProperty("user.home", home(System.getenv(), System.getProperty("java.io.tmpdir")));
    }
  }

  /** A name for a user whom the system does not know: as Hadoop or Spark are told, else the id. */
  static String userName(Map<String, String> environment, String id) {
    for (String variable : new String[] {"HADOOP_USER_NAME", "SPARK_USER"}) {
      String name = environment.getOrDefault(variable, "");
      if (!name.isBlank()) {
        return name;
      }
    }
    return "uid-" + id;
  }

  /** The environment's HOME where files can be made there, else {@code temporary}. */
  static String home(Map<String, String> environment, String temporary) {
    Path home = Path.of(environment.getOrDefault("HOME", ""));
    boolean usable = home.isAbsolute() && Files.isDirectory(home) && Files.isWritable(home);
    return usable ? home.toString() : temporary;
  }

  private static String userId() {
    try {
      return String.valueOf(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return "unknown"; // only a name
    }
  }
}
