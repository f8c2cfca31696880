package io.userservice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.adapter.http.Api.Answer;
import io.userservice.adapter.http.HttpApi.UseCases;
import io.userservice.application.driving.Caller;
import io.userservice.application.driving.IdempotencyClaim;
import io.userservice.application.driving.ManageUsers;
import io.userservice.domain.user.Profile;
import io.userservice.domain.user.UserId;
import io.userservice.domain.user.UserPatch;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyTest {
  private static final String BODY =
      "{\"email\":\"ana@example.org\",\"name\":\"Ana\",\"attributes\":{\"a\":1,\"b\":{}}}";
  private final Api api = Api.start();

  @AfterEach
  void stop() {
    api.close();
  }

  private Answer post(String key, String body) {
    return api.call("POST", "/users").header("Idempotency-Key", key).json(body).send();
  }

  @Test
  void a_retry_gets_the_first_answer_even_after_later_changes() {
    var first = post("k", BODY);
    api.patch(first.header("Location"), "{\"name\":\"Bea\"}");

    var again = post("k", BODY);

    assertThat(first.header("Idempotency-Replayed")).isEmpty();
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(again.header("ETag")).isEqualTo("\"1\"");
    assertThat(api.get("/users").json().path("items")).hasSize(1);
  }

  @Test
  void the_same_request_in_other_bytes_is_the_same_request() {
    post("k", BODY);

    var again =
        post(
            "k",
            " {\"attributes\":{\"b\":{},\"a\":1.0},\"name\":\"A\\u006ea\",\"email\":\"ana@example.org\"}"
                + " ");

    assertThat(again.status()).isEqualTo(201);
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
  }

  @Test
  void another_request_under_the_same_key_is_refused() {
    post("k", BODY);

    var other = post("k", "{\"email\":\"bea@example.org\",\"name\":\"Bea\"}");

    assertThat(other.status()).isEqualTo(422);
    assertThat(other.json().path("type").asText()).isEqualTo("/problems/idempotency-key-reused");
  }

  @Test
  void keys_belong_to_the_tenant() {
    post("k", BODY);

    var other =
        api.call("POST", "/users").as("globex").header("Idempotency-Key", "k").json(BODY).send();

    assertThat(other.status()).isEqualTo(201);
    assertThat(other.header("Idempotency-Replayed")).isEmpty();
  }

  @Test
  void a_refused_request_does_not_use_the_key_up() {
    api.aUser("ana@example.org");

    assertThat(post("k", BODY).status()).isEqualTo(409);
    assertThat(post("k", "{}").status()).isEqualTo(400);
    assertThat(post("k", "{\"email\":\"bea@example.org\",\"name\":\"Bea\"}").status())
        .isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b"})
  void a_key_that_is_none_is_refused(String key) {
    assertThat(post(key, BODY).status()).isEqualTo(400);
  }

  @Test
  void a_key_has_at_most_255_characters() {
    assertThat(post("k".repeat(256), BODY).status()).isEqualTo(400);
    assertThat(post("!" + "~".repeat(254), BODY).status()).isEqualTo(201);
  }

  @Test
  void two_keys_are_refused() {
    var answer =
        api.call("POST", "/users")
            .header("Idempotency-Key", "a")
            .header("Idempotency-Key", "b")
            .json(BODY)
            .send();

    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void while_the_first_request_is_at_work_the_second_is_told_to_wait() {
    try (var busy =
        Api.startWith(
            all -> new UseCases(new AlwaysBusy(all.manage()), all.read(), all.events()))) {
      var answer = busy.call("POST", "/users").header("Idempotency-Key", "k").json(BODY).send();

      assertThat(answer.status()).isEqualTo(409);
      assertThat(answer.header("Retry-After")).isEqualTo("1");
      assertThat(answer.json().path("type").asText()).isEqualTo("/problems/idempotency-key-busy");
    }
  }

  private record AlwaysBusy(ManageUsers users) implements ManageUsers {
    @Override
    public CreateOutcome create(Caller caller, Profile profile, Optional<IdempotencyClaim> claim) {
      return new KeyBusy();
    }

    @Override
    public UpdateOutcome update(
        Caller caller, UserId id, UserPatch patch, Precondition precondition) {
      return users.update(caller, id, patch, precondition);
    }

    @Override
    public DeleteOutcome delete(Caller caller, UserId id, Precondition precondition) {
      return users.delete(caller, id, precondition);
    }

    @Override
    public RestoreOutcome restore(Caller caller, UserId id, Precondition precondition) {
      return users.restore(caller, id, precondition);
    }
  }
}
