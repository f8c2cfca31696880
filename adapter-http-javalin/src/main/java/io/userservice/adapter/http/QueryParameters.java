package io.userservice.adapter.http;

import io.userservice.adapter.http.problem.Problem;
import io.userservice.adapter.http.problem.ProblemType;
import io.userservice.domain.validation.Violation;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The query string, decoded strictly: what can't be read is refused, not dropped. */
record QueryParameters(Map<String, List<String>> values) {
  /** What the web server reads where octets that aren't percent-encoded are no UTF-8. */
  private static final char UNREADABLE = '\uFFFD';

  static QueryParameters parse(@Nullable String query) {
    var values = new LinkedHashMap<String, List<String>>();
    if (query != null) {
      for (var pair : query.split("&")) {
        if (!pair.isEmpty()) {
          var at = pair.indexOf('=');
          var name = decode(at < 0 ? pair : pair.substring(0, at));
          var value = at < 0 ? "" : decode(pair.substring(at + 1));
          values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
        }
      }
    }
    return new QueryParameters(values);
  }

  /** Records each parameter that isn't known, and each that is given twice but may be once. */
  void check(Set<String> accepted, Set<String> repeatable, List<Violation> found) {
    values.forEach(
        (name, given) -> {
          if (!accepted.contains(name)) {
            found.add(
                violation(
                    name,
                    "unknown_parameter",
                    "not a parameter here; accepted are "
                        + String.join(", ", accepted.stream().sorted().toList())));
          } else if (given.size() > 1 && !repeatable.contains(name)) {
            found.add(
                violation(
                    name, "repeated", "given %d times, once is accepted".formatted(given.size())));
          }
        });
  }

  Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** The query with this parameter set to one value, encoded. */
  String with(String name, String value) {
    var copy = new LinkedHashMap<>(values);
    copy.put(name, List.of(value));
    var pairs = new ArrayList<String>();
    copy.forEach((key, all) -> all.forEach(one -> pairs.add(encode(key) + "=" + encode(one))));
    return String.join("&", pairs);
  }

  static Violation violation(String parameter, String code, String detail) {
    return new Violation(Violation.child("", parameter), code, parameter + ": " + detail);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String decode(String text) {
    if (text.indexOf(UNREADABLE) >= 0) {
      throw malformed();
    }
    var octets = new ByteArrayOutputStream(text.length());
    for (var i = 0; i < text.length(); i++) {
      var c = text.codePointAt(i);
      if (c == '%') {
        octets.write(octet(text, i + 1));
        i += 2;
      } else {
        octets.writeBytes(Character.toString(c == '+' ? ' ' : c).getBytes(StandardCharsets.UTF_8));
        i += Character.charCount(c) - 1;
      }
    }
    try {
      var decoder = StandardCharsets.UTF_8.newDecoder();
      return decoder.decode(ByteBuffer.wrap(octets.toByteArray())).toString();
    } catch (CharacterCodingException _) {
      throw malformed();
    }
  }

  private static int octet(String text, int at) {
    if (at + 2 > text.length()
        || !HexFormat.isHexDigit(text.charAt(at))
        || !HexFormat.isHexDigit(text.charAt(at + 1))) {
      throw malformed();
    }
    return HexFormat.fromHexDigits(text, at, at + 2);
  }

  private static Problem.Raised malformed() {
    return Problem.of(
            ProblemType.MALFORMED_REQUEST,
            "the query string isn't UTF-8 in percent-encoding (RFC 3986 section 2.1)")
        .raised();
  }
}
