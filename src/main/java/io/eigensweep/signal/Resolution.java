package io.eigensweep.signal;

import java.util.List;
import java.util.Map;

/**
 * The pictures that a source gives.
 *
 * @param signals the pictures used, in the order of class and file
 * @param classesFound class folders under the root that hold, or may hold, pictures: those that
 *     were looked into and found without any are not counted; 0 for other sources
 * @param filesFound picture files in the classes or the folder that were looked into, used or not;
 *     0 for generated pictures
 * @param notes what was ignored, and what was not looked into: one line each
 * @param stamps of the files of the pictures used; generated pictures have none
 */
public record Resolution(
    List<Signal> signals,
    int classesFound,
    long filesFound,
    List<String> notes,
    Map<Signal, FileStamp> stamps) {
  public Resolution {
    signals = List.copyOf(signals);
    notes = List.copyOf(notes);
    stamps = Map.copyOf(stamps);
  }
}
