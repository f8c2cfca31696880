package io.userservice.architecture.violations.h3_static.adapter;

import java.text.SimpleDateFormat;
import java.util.Date;
import java.util.Locale;
import java.util.zip.CRC32;

/** Values of the JDK that aren't. */
final class Dates {
  static final Date BEGIN = new Date(0);
  static final SimpleDateFormat FORMAT = new SimpleDateFormat("yyyy", Locale.ROOT);
  static final CRC32 SUM = new CRC32();

  private Dates() {}
}
