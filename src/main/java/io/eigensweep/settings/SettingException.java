package io.eigensweep.settings;

/**
 * A value that a hyperparameter must not have, alone or beside the others of its record. The
 * message is one line that begins with the key.
 */
public final class SettingException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String key;

  /**
   * @param key the key in a job file whose value is wrong
   * @param problem what is wrong with it, which follows the key in the message
   */
  public SettingException(String key, String problem) {
    super(key + " " + problem);
    this.key = key;
  }

  /** The key in a job file whose value is wrong. */
  public String key() {
    return key;
  }
}
