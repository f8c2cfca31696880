package io.userservice.adapter.http.auth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The compact form of a signed token as its standards have it (RFC 7515 sections 3.1 and 7.1): the
 * one way to write its bytes in base64url, without padding, and in header and payload one JSON
 * object in UTF-8 without a member given twice. The library reads more than that, and what can be
 * written in two ways can be read in two ways.
 */
final class CompactForm {
  private static final JsonFactory STRICT =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private CompactForm() {}

  static boolean isStrict(String token) {
    var parts = token.split("\\.", -1);
    try {
      return parts.length == 3
          && isObject(octets(parts[0]))
          && isObject(octets(parts[1]))
          && octets(parts[2]).length > 0;
    } catch (IOException | IllegalArgumentException _) {
      return false; // not JSON, not UTF-8, not base64url
    }
  }

  private static byte[] octets(String part) {
    var octets = Base64.getUrlDecoder().decode(part);
    if (!Base64.getUrlEncoder().withoutPadding().encodeToString(octets).equals(part)) {
      throw new IllegalArgumentException("another way to write the same");
    }
    return octets;
  }

  private static boolean isObject(byte[] octets) throws IOException {
    var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    try (var json = STRICT.createParser(text)) {
      var isObject = json.nextToken() == JsonToken.START_OBJECT;
      json.skipChildren();
      return isObject && json.nextToken() == null;
    }
  }
}
