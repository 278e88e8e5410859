package io.eigensweep.store;

import java.io.Serializable;

/**
 * What a listing tells of a row file's content without opening it: another row has another version.
 *
 * @param length of the file in bytes
 * @param modified when it was written, milliseconds since 1970
 */
public record RowVersion(long length, long modified) implements Serializable {}
