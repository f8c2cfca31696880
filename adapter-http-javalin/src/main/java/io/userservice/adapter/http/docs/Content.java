package io.userservice.adapter.http.docs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/**
 * Something that is the same as long as the service runs.
 *
 * @param type its media type
 * @param gzipped the same, compressed
 * @param digest differs whenever the content does; of letters and digits
 */
public record Content(String type, byte[] plain, byte[] gzipped, String digest) {
  private static final int DIGEST_LENGTH = 16;

  static Content of(String type, byte[] bytes) {
    return new Content(type, bytes, compressed(bytes), digest(bytes));
  }

  static String digest(byte[] bytes) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(sha256).substring(0, DIGEST_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static byte[] compressed(byte[] bytes) {
    var out = new ByteArrayOutputStream(bytes.length / 2);
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory doesn't fail
    }
    return out.toByteArray();
  }
}
