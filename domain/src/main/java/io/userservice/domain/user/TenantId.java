package io.userservice.domain.user;

/** An organisation whose users are kept apart from all others: 1–128 visible ASCII characters. */
public record TenantId(String value) {
  /** Most characters of a tenant id. */
  public static final int MAX_LENGTH = 128;

  public TenantId {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "a tenant id has 1 to " + MAX_LENGTH + " visible ASCII characters");
    }
  }

  /** Whether the text can name a tenant. */
  public static boolean isValid(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_LENGTH
        && text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
  }

  @Override
  public String toString() {
    return value;
  }
}
