package io.userservice.adapter.nats;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes user names, passwords and tokens out of texts with addresses in them; for this adapter. */
public final class Redaction {
  // Greedy on purpose: a password may have an @ of its own.
  private static final Pattern USER_INFO = Pattern.compile("//[^\\s,\\[\\]]*@");

  private Redaction() {}

  public static String redacted(@Nullable String text) {
    return USER_INFO.matcher(String.valueOf(text)).replaceAll("//***@");
  }
}
