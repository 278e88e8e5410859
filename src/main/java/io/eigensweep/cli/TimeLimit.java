package io.eigensweep.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 07:00}, the next time it is that late here, and {@code 2026-01-31T07:00Z}. */
final class TimeLimit implements ITypeConverter<Instant> {

  @Override
  public Instant convert(String text) {
    return of(text, ZonedDateTime.now(ZoneId.systemDefault()));
  }

  static Instant of(String text, ZonedDateTime now) {
    try {
      if (text.toUpperCase(Locale.ROOT).contains("T")) {
        Instant limit = OffsetDateTime.parse(text).toInstant();
        if (!limit.isAfter(now.toInstant())) {
          throw new TypeConversionException("the time must lie ahead, got " + text);
        }
        return limit;
      }
      ZonedDateTime today = now.with(LocalTime.parse(text));
      return (today.isAfter(now) ? today : now.plusDays(1).with(LocalTime.parse(text))).toInstant();
    } catch (DateTimeException e) {
      throw new TypeConversionException(
          "a time is like 07:00 or 2026-01-31T07:00+01:00, got \"" + text + "\"");
    }
  }
}
