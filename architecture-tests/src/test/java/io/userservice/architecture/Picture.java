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
 * again to be compared: it carries the seal of its text.
 */
final class Picture {
  private Picture() {}

  static String of(String text) throws IOException {
    var drawn = new ByteArrayOutputStream();
    new SourceStringReader(text).outputImage(drawn, new FileFormatOption(FileFormat.SVG));
    return drawn.toString(UTF_8).strip() + "\n" + seal(text) + "\n";
  }

  static String seal(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return "<!-- drawn from the text with SHA-256 %s -->"
          .formatted(HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
