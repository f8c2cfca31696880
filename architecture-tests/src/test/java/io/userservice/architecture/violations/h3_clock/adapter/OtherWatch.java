package io.userservice.architecture.violations.h3_clock.adapter;

import java.time.ZoneId;
import java.time.chrono.JapaneseDate;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.TimeZone;
import java.util.Timer;

/** The clock by its other names; a moment that is told is none. */
final class OtherWatch {
  Date date() {
    return new Date();
  }

  Date told() {
    return new Date(0);
  }

  Calendar calendar() {
    return Calendar.getInstance();
  }

  Calendar gregorian() {
    return new GregorianCalendar();
  }

  JapaneseDate japanese() {
    return JapaneseDate.now();
  }

  ZoneId zone() {
    return ZoneId.systemDefault();
  }

  TimeZone oldZone() {
    return TimeZone.getDefault();
  }

  Locale locale() {
    return Locale.getDefault();
  }

  Timer timer() {
    return new Timer("adapter");
  }
}
