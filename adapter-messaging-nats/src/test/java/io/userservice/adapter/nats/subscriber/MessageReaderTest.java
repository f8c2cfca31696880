package io.userservice.adapter.nats.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.userservice.adapter.nats.subscriber.Content.Unheard;
import io.userservice.adapter.nats.subscriber.Content.Unreadable;
import io.userservice.adapter.nats.subscriber.Content.Unwanted;
import io.userservice.adapter.nats.subscriber.Content.Wanted;
import io.userservice.adapter.nats.subscriber.Difference.AttributeChanged;
import io.userservice.adapter.nats.subscriber.Difference.EmailChanged;
import io.userservice.adapter.nats.subscriber.Difference.NameChanged;
import io.userservice.adapter.nats.subscriber.Difference.OtherChanged;
import io.userservice.adapter.nats.subscriber.Difference.Restored;
import io.userservice.adapter.nats.subscriber.ReceivedEvent.Created;
import io.userservice.adapter.nats.subscriber.ReceivedEvent.Updated;
import io.userservice.application.driving.EventType;
import io.userservice.domain.json.JsonValue;
import io.userservice.domain.json.JsonValue.JsonArray;
import io.userservice.domain.json.JsonValue.JsonBoolean;
import io.userservice.domain.json.JsonValue.JsonNumber;
import io.userservice.domain.json.JsonValue.JsonObject;
import io.userservice.domain.json.JsonValue.JsonString;
import io.userservice.domain.user.TenantId;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageReaderTest {
  private static final String ID = "01a208fe-fa02-77a2-97be-a3a3d7c923cc";
  private final MessageReader reader = new MessageReader(Subscription.Select.ALL);

  @Test
  void each_kind_of_change_has_a_type() {
    var changes =
        """
        "email":{"from":"a@b","to":"c@d"},"name":{"from":"A","to":"B"},
        "deletedAt":{"from":1795447258074,"to":null},
        "attributes.a.b":{"from":null,"to":{"z":[1.50,-0,1e3,"\\u0000\\"ß𝒜",true,null],"a":{"n":null}}},
        "phone":{"from":1}
        """;

    assertThat(((Updated) event("user.updated", updated(changes))).differences())
        .containsExactlyInAnyOrder(
            new EmailChanged("a@b", "c@d"),
            new NameChanged("A", "B"),
            new Restored(Instant.ofEpochMilli(1_795_447_258_074L)),
            new AttributeChanged("a.b", JsonValue.NULL, nested()),
            new OtherChanged("phone", JsonNumber.of(1), JsonValue.NULL));
  }

  private static JsonObject nested() {
    return new JsonObject(
        Map.of(
            "z",
            new JsonArray(
                List.of(
                    new JsonNumber(new BigDecimal("1.5")),
                    JsonNumber.of(0),
                    JsonNumber.of(1_000),
                    new JsonString("\u0000\"ß𝒜"),
                    new JsonBoolean(true),
                    JsonValue.NULL)),
            "a",
            new JsonObject(Map.of("n", JsonValue.NULL))));
  }

  @Test
  void members_that_arent_known_are_passed_over() {
    var payload = created("\"email\":\"a@b\"").replace("{", "{\"new\":{\"a\":[1]},");

    assertThat(event("user.created", payload))
        .isInstanceOfSatisfying(
            Created.class, created -> assertThat(created.email()).isEqualTo("a@b"));
  }

  @Test
  void the_largest_number_is_kept_exactly() {
    var digits = "9".repeat(1_000);
    var changes = "\"attributes.n\":{\"from\":%s,\"to\":0.1}".formatted(digits);

    assertThat(((Updated) event("user.updated", updated(changes))).differences())
        .containsExactly(
            new AttributeChanged(
                "n",
                new JsonNumber(new BigDecimal(digits)),
                new JsonNumber(new BigDecimal("0.1"))));
  }

  @Test
  void the_smallest_numbers_are_kept_exactly() {
    var smallest = "0." + "0".repeat(999) + "1";
    var nearlyOne = "-0." + "9".repeat(1_000);
    var changes = "\"attributes.n\":{\"from\":%s,\"to\":%s}".formatted(smallest, nearlyOne);

    assertThat(((Updated) event("user.updated", updated(changes))).differences())
        .containsExactly(
            new AttributeChanged(
                "n",
                new JsonNumber(new BigDecimal(smallest)),
                new JsonNumber(new BigDecimal(nearlyOne))));
  }

  @Test
  void a_replay_says_so() {
    var headers = headers();
    headers.put("Replayed", "true");
    var message = message("user.created", created("\"email\":\"a@b\""), headers);

    assertThat(reader.read(message))
        .isInstanceOfSatisfying(
            Wanted.class, wanted -> assertThat(wanted.event().envelope().replayed()).isTrue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          email: is missing            | user.created | "e":1
          email: isn't a string        | user.created | "email":1
          email: isn't a string        | user.created | "email":null
          changes: is missing          | user.updated | "e":1
          changes: isn't a JSON object | user.updated | "changes":[]
          name: isn't a JSON object    | user.updated | "changes":{"name":"A"}
          name: isn't a string         | user.updated | "changes":{"name":{"from":"A"}}
          deletedAt: isn't an integer  | user.updated | "changes":{"deletedAt":{"from":"1"}}
          deletedAt: isn't an integer  | user.updated | "changes":{"deletedAt":{"from":1e300}}
          deletedAt: isn't an integer  | user.updated | "changes":{"deletedAt":{"from":1.5}}
          """)
  void what_is_wrong_with_a_member_is_said(String reason, String subject, String member) {
    assertThat(read(subject, created(member)))
        .isInstanceOfSatisfying(
            Unreadable.class, content -> assertThat(content.reason()).startsWith(reason));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{\"userId\":",
        "{\"userId\":}",
        "{\"userId\":7,\"tenantId\":\"acme\",\"timestamp\":1}",
        "{\"userId\":\"7\",\"tenantId\":\"acme\",\"timestamp\":1}",
        "{\"userId\":\"" + ID + "\",\"tenantId\":\"a b\",\"timestamp\":1}",
        "{\"userId\":\"" + ID + "\",\"tenantId\":\"acme\",\"timestamp\":true}",
        "{\"userId\":\"" + ID + "\",\"tenantId\":\"acme\",\"timestamp\":1,\"x\":1e99999}"
      })
  void what_isnt_a_payload_of_ours_is_unreadable(String payload) {
    assertThat(read("user.deleted", payload)).isInstanceOf(Unreadable.class);
  }

  @Test
  void bytes_that_arent_text_are_unreadable() {
    var message =
        NatsMessage.builder()
            .subject("user.deleted")
            .headers(headers())
            .data(new byte[] {'{', (byte) 0xff, '}'})
            .build();

    assertThat(reader.read(message)).isInstanceOf(Unreadable.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ce-id", "ce-sequence"})
  void without_its_headers_an_event_is_unreadable(String name) {
    var wrong = headers();
    wrong.put(name, "x");
    var missing = headers();
    missing.remove(name);
    var payload = created("\"email\":\"a@b\"");

    assertThat(reader.read(message("user.created", payload, wrong))).isInstanceOf(Unreadable.class);
    assertThat(reader.read(message("user.created", payload, missing)))
        .isEqualTo(new Unreadable("the header " + name + " is missing"));
  }

  @Test
  void what_is_wrong_with_the_events_of_others_is_no_concern() {
    var ours = new MessageReader(select(Set.of(new TenantId("globex")), Set.of()));
    var deletions = new MessageReader(select(Set.of(), Set.of(EventType.DELETED)));
    var headers = headers();
    headers.put("ce-tenantid", "acme");

    assertThat(ours.read(message("user.created", "}", headers))).isEqualTo(new Unwanted());
    assertThat(deletions.read(message("user.created", "}", headers))).isEqualTo(new Unwanted());
    assertThat(ours.read(message("user.created", created("\"email\":\"a\""), headers())))
        .as("without the header, the payload says whose it is")
        .isEqualTo(new Unwanted());
  }

  private static Subscription.Select select(Set<TenantId> tenants, Set<EventType> types) {
    return new Subscription.Select(tenants, types);
  }

  @Test
  void a_subject_that_isnt_known_isnt_read() {
    assertThat(read("user.merged", "}")).isEqualTo(new Unheard("user.merged"));
  }

  private static String created(String member) {
    return "{\"userId\":\"%s\",%s,\"tenantId\":\"acme\",\"timestamp\":1}".formatted(ID, member);
  }

  private static String updated(String changes) {
    return created("\"changes\":{" + changes + "}");
  }

  private ReceivedEvent event(String subject, String payload) {
    return switch (read(subject, payload)) {
      case Wanted(var event) -> event;
      case Content other -> throw new AssertionError(other);
    };
  }

  private Content read(String subject, String payload) {
    return reader.read(message(subject, payload, headers()));
  }

  private static Headers headers() {
    var headers = new Headers();
    headers.put("ce-id", "01a208fe-fa04-77bf-9607-a6d230fb21d2");
    headers.put("ce-sequence", "3");
    return headers;
  }

  private static Message message(String subject, String payload, Headers headers) {
    return NatsMessage.builder()
        .subject(subject)
        .headers(headers)
        .data(payload.getBytes(StandardCharsets.UTF_8))
        .build();
  }
}
