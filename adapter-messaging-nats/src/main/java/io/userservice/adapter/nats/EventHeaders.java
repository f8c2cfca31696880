package io.userservice.adapter.nats;

import io.nats.client.impl.Headers;
import io.userservice.application.driven.EventPublisher.Publication;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The headers of an event: those by which JetStream tells duplicates and foreign streams, and the
 * attributes of CloudEvents 1.0 in binary mode, encoded as in its HTTP binding, section 3.1.3.2.
 */
final class EventHeaders {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  static final String MESSAGE_ID = "Nats-Msg-Id";
  static final String EXPECTED_LAST_SEQUENCE = "Nats-Expected-Last-Sequence";

  private final String source;
  private final String schemas;

  /**
   * @param source the service, as a URI reference
   * @param schemaBase the address below which {@code /schemas/<type>.json} are
   */
  EventHeaders(String source, String schemaBase) {
    this.source = encoded(source);
    this.schemas = encoded(schemaBase.replaceAll("/+$", "") + "/schemas/");
  }

  Headers of(Publication publication) {
    var event = publication.event();
    var headers = new Headers();
    headers.put(MESSAGE_ID, publication.messageId().toString());
    headers.put("Nats-Expected-Stream", UserEventsStream.NAME);
    headers.put("ce-specversion", "1.0");
    headers.put("ce-id", event.id().toString());
    headers.put("ce-source", source);
    headers.put("ce-type", event.type().value());
    headers.put("ce-subject", event.user().id().toString());
    headers.put("ce-time", time(event.at()));
    headers.put("ce-dataschema", schemas + event.type().value() + ".json");
    headers.put("ce-tenantid", encoded(event.user().tenant().value()));
    headers.put("ce-sequence", Long.toString(event.version().value()));
    headers.put("Content-Type", "application/json");
    if (publication.isReplay()) {
      headers.put("Replayed", "true");
    }
    // A trace is for diagnosis: one that can't be a header isn't worth the event.
    event
        .trace()
        .filter(trace -> isPlain(trace.value()))
        .ifPresent(trace -> headers.put("traceparent", trace.value()));
    return headers;
  }

  private static String time(Instant at) {
    return TIME.format(at);
  }

  /** Percent-encoded where a header, or the binding, doesn't allow a character. */
  private static String encoded(String value) {
    if (isPlain(value)) {
      return value;
    }
    var text = new StringBuilder();
    for (var b : value.getBytes(StandardCharsets.UTF_8)) {
      if (isPlain(b)) {
        text.append((char) b);
      } else {
        text.append("%%%02X".formatted(b));
      }
    }
    return text.toString();
  }

  private static boolean isPlain(String value) {
    return value.chars().allMatch(EventHeaders::isPlain);
  }

  private static boolean isPlain(int c) {
    return c > 0x20 && c < 0x7f && c != '"' && c != '%';
  }
}
