package io.userservice.adapter.nats;

import java.util.regex.Pattern;

/** Takes user names, passwords and tokens out of texts with addresses in them; for this adapter. */
public final class Redaction {
  // Greedy on purpose: a password may have an @ of its own.
  private static final Pattern USER_INFO = Pattern.compile("//[^\\s,\\[\\]]*@");

  private Redaction() {}

  public static String redacted(String text) {
    return USER_INFO.matcher(text).replaceAll("//***@");
  }
}
