package io.userservice.domain.user;

import io.userservice.domain.validation.Validated;
import java.net.IDN;
import java.nio.charset.StandardCharsets;

/**
 * An e-mail address as its owner typed it. Two addresses are <em>the same mailbox</em> when their
 * {@linkplain #canonical() canonical forms} agree; they are equal values only when they were typed
 * alike, so that an address that alters in case alone is a change worth telling.
 */
public record EmailAddress(String value) {
  /** Longest address in octets of UTF-8 (RFC 5321 section 4.5.3.1.3, less the angle brackets). */
  public static final int MAX_OCTETS = 254;

  /** Longest local part in octets of UTF-8 (RFC 5321 section 4.5.3.1.1). */
  public static final int MAX_LOCAL_OCTETS = 64;

  private static final String POINTER = "/email";

  public EmailAddress {
    if (value.isBlank() || octets(value) > MAX_OCTETS) {
      throw new IllegalArgumentException("an e-mail address has 1 to " + MAX_OCTETS + " octets");
    }
  }

  /** Today's policy for addresses that come from outside; white space at both ends is dropped. */
  public static Validated<EmailAddress> parse(String raw) {
    var text = WhiteSpace.trim(raw);
    if (octets(text) > MAX_OCTETS) {
      return Validated.invalid(
          POINTER,
          "too_long",
          "email: %d octets, at most %d are accepted".formatted(octets(text), MAX_OCTETS));
    }
    var local = octets(text.substring(0, Math.max(0, text.lastIndexOf('@'))));
    if (local > MAX_LOCAL_OCTETS) {
      return Validated.invalid(
          POINTER,
          "local_part_too_long",
          "email: %d octets before the @, at most %d are accepted"
              .formatted(local, MAX_LOCAL_OCTETS));
    }
    return isAddress(text)
        ? Validated.valid(new EmailAddress(text))
        : Validated.invalid(
            POINTER,
            "not_an_email_address",
            "email: not an e-mail address; accepted is local-part@domain, without spaces, quotes"
                + " or double dots; parts of the domain have 1 to 63 letters, digits and hyphens");
  }

  /**
   * The form by which mailboxes are told apart: NFC, case-folded, the domain in its ASCII form (by
   * {@link IDN}, hence IDNA 2003). The local part is folded too: no provider tells {@code Ana@}
   * from {@code ana@}, and people don't either.
   */
  public String canonical() {
    var folded = TextKey.of(value);
    var at = folded.lastIndexOf('@');
    return at < 0 || TextKey.isAscii(folded)
        ? folded
        : folded.substring(0, at + 1) + asciiDomain(folded.substring(at + 1));
  }

  private static String asciiDomain(String domain) {
    try {
      return TextKey.of(IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED));
    } catch (IllegalArgumentException _) {
      return domain; // an address of an older policy: comparable still, if only to itself
    }
  }

  private static boolean isAddress(String text) {
    var at = text.lastIndexOf('@');
    return at > 0 && isLocalPart(text.substring(0, at)) && isDomain(text.substring(at + 1));
  }

  /** Dot-atom of RFC 5322 section 3.2.3, widened by RFC 6531 to everything beyond ASCII. */
  private static boolean isLocalPart(String text) {
    return !text.startsWith(".")
        && !text.endsWith(".")
        && !text.contains("..")
        && text.codePoints().allMatch(EmailAddress::isAtomText);
  }

  private static boolean isAtomText(int c) {
    if (c < 0x80) {
      return Character.isLetterOrDigit(c) || ".!#$%&'*+-/=?^_`{|}~".indexOf(c) >= 0;
    }
    return !WhiteSpace.is(c)
        && switch (Character.getType(c)) {
          case Character.CONTROL, Character.SURROGATE, Character.UNASSIGNED, Character.FORMAT ->
              false;
          default -> true;
        };
  }

  private static boolean isDomain(String text) {
    try {
      var ascii = IDN.toASCII(text, IDN.ALLOW_UNASSIGNED | IDN.USE_STD3_ASCII_RULES);
      return !ascii.isEmpty() && ascii.length() <= 253 && !ascii.endsWith(".");
    } catch (IllegalArgumentException _) {
      return false; // the JDK's way to say: a label too long or empty, or an impossible character
    }
  }

  private static int octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  public String toString() {
    return value;
  }
}
