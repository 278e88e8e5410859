package io.eigensweep.cli;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads {@code 07:00}, the next time it is that late, and {@code 2026-01-31T07:00}, both here or in
 * the zone that follows: {@code Z}, {@code +01:00} or {@code [Europe/Rome]}.
 */
final class TimeLimit implements ITypeConverter<ZonedDateTime> {
  private static final Pattern FORM =
      Pattern.compile("(?:(\\d{4}-\\d\\d-\\d\\d)[Tt])?([\\d:.]+)(Z|z|[+-][\\d:]+)?(?:\\[(.+)])?");

  private static final DateTimeFormatter WORDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT);

  @Override
  public ZonedDateTime convert(String text) {
    return of(text, ZonedDateTime.now(ZoneId.systemDefault()));
  }

  /** What the program has understood. */
  static String words(ZonedDateTime limit) {
    return WORDS.format(limit) + " (" + limit.getZone() + ")";
  }

  static ZonedDateTime of(String text, ZonedDateTime here) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw wrong(text);
    }
    try {
      ZonedDateTime now = zoned(here, form.group(3), form.group(4));
      LocalTime time = LocalTime.parse(form.group(2));
      if (form.group(1) != null) {
        ZonedDateTime limit =
            LocalDateTime.parse(form.group(1) + "T" + form.group(2)).atZone(now.getZone());
        if (!limit.isAfter(now)) {
          throw new TypeConversionException("the time must lie ahead, got " + text);
        }
        return limit;
      }
      ZonedDateTime today = now.with(time);
      return today.isAfter(now) ? today : now.plusDays(1).with(time);
    } catch (DateTimeException e) {
      throw wrong(text);
    }
  }

  private static ZonedDateTime zoned(
      ZonedDateTime here, @Nullable String offset, @Nullable String region) {
    if (region != null) {
      return here.withZoneSameInstant(ZoneId.of(region));
    }
    return offset == null
        ? here
        : here.withZoneSameInstant(ZoneId.of(offset.toUpperCase(Locale.ROOT)));
  }

  private static TypeConversionException wrong(String text) {
    return new TypeConversionException(
        "a time is like 07:00, 07:00[Europe/Rome] or 2026-01-31T07:00+01:00, got \"" + text + "\"");
  }
}
