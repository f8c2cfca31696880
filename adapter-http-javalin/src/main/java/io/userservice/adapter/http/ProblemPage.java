package io.userservice.adapter.http;

import io.userservice.adapter.http.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** What a person reads who follows the {@code type} of a problem. */
final class ProblemPage {
  private static final String STYLE =
      """

      body { font: 1.1rem/1.6 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem }
      code { background: #8882; padding: .1em .3em }
      """;

  private static final String HTML =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%1$s</title>
      <style>%5$s</style>
      </head>
      <body>
      <h1>%1$s</h1>
      <p><code>%2$s</code>, status <code>%3$d</code></p>
      <p>%4$s</p>
      </body>
      </html>
      """;

  /** Nothing but its own style, known by its digest. */
  static final PageSecurity SECURITY = new PageSecurity("style-src 'sha256-" + digest() + "'");

  private ProblemPage() {}

  private static String digest() {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      return Base64.getEncoder()
          .encodeToString(sha256.digest(STYLE.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static String html(ProblemType type) {
    return HTML.formatted(
        escaped(type.title()), type.slug(), type.status(), escaped(type.explanation()), STYLE);
  }

  static String text(ProblemType type) {
    return "%s%n%s, status %d%n%n%s%n"
        .formatted(type.title(), type.slug(), type.status(), type.explanation());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
