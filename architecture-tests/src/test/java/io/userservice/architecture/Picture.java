package io.userservice.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import net.sourceforge.plantuml.FileFormat;
import net.sourceforge.plantuml.FileFormatOption;
import net.sourceforge.plantuml.SourceStringReader;

/**
 * A diagram as SVG. Its outlines depend on the fonts of the machine that draws, so it isn't drawn
 * again to be compared: it carries a seal over its text and itself, so that neither can change
 * alone.
 */
final class Picture {
  private Picture() {}

  static String of(String text) throws IOException {
    var drawn = new ByteArrayOutputStream();
    new SourceStringReader(text).outputImage(drawn, new FileFormatOption(FileFormat.SVG));
    return sealed(text, drawn.toString(UTF_8).strip());
  }

  /** Whether it was drawn from the text, and left as it was drawn. */
  static boolean isOf(String text, String picture) {
    var seal = picture.lastIndexOf("\n<!-- ");
    return seal > 0 && picture.equals(sealed(text, picture.substring(0, seal)));
  }

  private static String sealed(String text, String drawing) {
    return "%s\n<!-- text and drawing, by SHA-256: %s -->\n"
        .formatted(drawing, digest(text + drawing));
  }

  private static String digest(String content) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
