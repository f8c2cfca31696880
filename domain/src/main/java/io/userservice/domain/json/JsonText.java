package io.userservice.domain.json;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;

/** A JSON document in its final text, to be carried byte for byte from here on. */
public record JsonText(String value) {
  public JsonText {
    requireNonNull(value);
  }

  /** The document as it travels: UTF-8. */
  public byte[] utf8() {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return value;
  }
}
