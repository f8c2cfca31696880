package io.userservice.adapter.nats;

import static io.userservice.adapter.nats.Broker.awaitReady;
import static io.userservice.adapter.nats.Broker.optionsFor;
import static io.userservice.adapter.nats.Broker.someEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.userservice.adapter.nats.NatsMessaging.Connected;
import io.userservice.adapter.nats.NatsMessaging.Disconnected;
import io.userservice.adapter.nats.NatsMessaging.Options;
import io.userservice.adapter.nats.subscriber.InMemoryLedger;
import io.userservice.adapter.nats.subscriber.Subscription;
import io.userservice.adapter.nats.subscriber.UserEventSubscriber;
import io.userservice.adapter.nats.subscriber.UserEventSubscriber.Fact;
import io.userservice.adapter.nats.testserver.NatsServer;
import io.userservice.adapter.nats.testserver.Setup;
import io.userservice.application.driven.EventPublisher.Acknowledged;
import io.userservice.application.testkit.EventPublisherContract;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that don't talk to everybody, and those that shouldn't be talked to. */
class SecuredNatsTest {
  private static final String TLS =
      "tls { cert_file: \"{store}/cert.pem\", key_file: \"{store}/key.pem\" }";
  private static final String LOGIN = "authorization { user: \"ana\", password: \"r1ght\" }";

  private static Certificate localhost;

  @TempDir Path store;
  @TempDir Path keys;
  private SSLContext jvms;
  private Optional<Broker> broker = Optional.empty();

  @BeforeAll
  static void makeCertificate(@TempDir Path folder) throws Exception {
    localhost = Certificate.naming("dns:localhost", folder);
  }

  @BeforeEach
  void rememberWhomTheJvmTrusts() throws GeneralSecurityException {
    jvms = SSLContext.getDefault();
  }

  @AfterEach
  void stop() {
    // What -Djavax.net.ssl.trustStore says at the start of a JVM, a test can only say for all.
    SSLContext.setDefault(jvms);
    broker.ifPresent(Broker::close);
  }

  /** Starts a server; gives the port. */
  private int start(Setup setup) throws IOException {
    var started = new Broker(NatsServer.ofOurOwn(setup));
    broker = Optional.of(started);
    return URI.create(started.server().url()).getPort();
  }

  /** Starts an encrypted server whose certificate names localhost and nothing else. */
  private int startEncrypted(boolean trusted, String... settings) throws Exception {
    if (trusted) {
      SSLContext.setDefault(localhost.trusting());
    }
    var lines = new String[settings.length + 1];
    lines[0] = TLS;
    System.arraycopy(settings, 0, lines, 1, settings.length);
    return start(Setup.in(store).with(lines).withFiles(localhost.files()));
  }

  private NatsMessaging open(String... urls) {
    return broker.orElseThrow().open(optionsFor(urls), _ -> {});
  }

  private static void assertPublishes(NatsMessaging messaging) {
    awaitReady(messaging);
    assertThat(EventPublisherContract.publish(messaging.publisher(), someEvents(3)))
        .hasSize(3)
        .allMatch(Acknowledged.class::isInstance);
  }

  private static void assertRefused(NatsMessaging messaging, String reason) {
    await()
        .untilAsserted(
            () ->
                assertThat(messaging.connection())
                    .isInstanceOfSatisfying(
                        Disconnected.class, state -> assertThat(state.reason()).contains(reason)));
  }

  @Test
  void events_flow_encrypted_to_the_server_that_the_certificate_names() throws Exception {
    var port = startEncrypted(true);

    assertPublishes(open("tls://localhost:" + port));
  }

  @Test
  void a_trusted_certificate_of_another_name_is_refused() throws Exception {
    var port = startEncrypted(true);

    assertRefused(
        open("tls://127.0.0.1:" + port),
        "No subject alternative names matching IP address 127.0.0.1 found");
  }

  @Test
  void a_certificate_that_the_jvm_doesnt_trust_is_refused() throws Exception {
    var port = startEncrypted(false);

    assertRefused(open("tls://localhost:" + port), "unable to find valid certification path");
  }

  @Test
  void a_server_without_tls_gets_no_password_when_tls_was_asked_for() throws Exception {
    var port = start(Setup.in(store).with(LOGIN));

    assertRefused(open("tls://ana:r1ght@localhost:" + port), "SSL");
  }

  @Test
  void an_encrypted_server_isnt_talked_to_in_the_clear() throws Exception {
    var port = startEncrypted(true, LOGIN);

    assertRefused(open("nats://ana:r1ght@localhost:" + port), "SSL");
  }

  @Test
  void user_and_password_may_be_in_the_address() throws Exception {
    var port = startEncrypted(true, LOGIN);

    assertPublishes(open("tls://ana:r1ght@localhost:" + port));
    assertRefused(open("tls://ana:wr0ng@localhost:" + port), "Authorization Violation");
  }

  @Test
  void a_token_may_be_in_the_address() throws Exception {
    var port = startEncrypted(true, "authorization { token: \"t0ken\" }");

    assertPublishes(open("tls://t0ken@localhost:" + port));
    assertRefused(open("tls://other@localhost:" + port), "Authorization Violation");
  }

  @Test
  void of_several_servers_one_that_proves_its_name_will_do() throws Exception {
    var port = startEncrypted(true);

    var messaging = open("tls://127.0.0.1:" + port, "tls://localhost:" + port);

    assertPublishes(messaging);
    assertThat(messaging.connection()).isEqualTo(new Connected("tls://localhost:" + port));
  }

  @Test
  void a_credentials_file_is_let_in_and_read_anew_at_each_connect() throws Exception {
    var operator = new OperatorMode();
    var file = keys.resolve("user.creds");
    new OperatorMode().writeCredentials(file);
    var port = startEncrypted(true, operator.settings());
    var messaging =
        broker.orElseThrow().open(with(file, optionsFor("tls://localhost:" + port)), _ -> {});
    assertRefused(messaging, "Authorization Violation");

    operator.writeCredentials(file);

    assertPublishes(messaging);
  }

  private static Options with(Path credentials, Options options) {
    return new Options(
        options.servers(),
        Optional.of(credentials),
        options.replicas(),
        options.source(),
        options.schemaBase(),
        options.publishDeadline(),
        options.window());
  }

  @Test
  void a_missing_credentials_file_is_a_reason() throws Exception {
    var port = start(Setup.in(store).with(new OperatorMode().settings()));
    var missing = with(keys.resolve("none.creds"), optionsFor("nats://localhost:" + port));

    assertRefused(broker.orElseThrow().open(missing, _ -> {}), "none.creds");
  }

  /** It is forgotten by itself, and what was read by it is good. */
  @Test
  void who_may_not_delete_a_consumer_reads_all_the_same() throws Exception {
    var port =
        start(
            Setup.in(store)
                .with(
                    """
                    authorization { users: [{ user: ana, password: r1ght,
                      permissions { publish { deny: ["$JS.API.CONSUMER.DELETE.>"] } } }] }
                    """));
    var messaging = open("nats://ana:r1ght@localhost:" + port);
    assertPublishes(messaging);

    assertThat(messaging.publisher().session().stored(1, 10)).hasSize(3);
  }

  @Test
  void subscribers_are_held_to_the_same() throws Exception {
    var operator = new OperatorMode();
    var file = keys.resolve("user.creds");
    operator.writeCredentials(file);
    var port = startEncrypted(true, operator.settings());
    var messaging =
        broker.orElseThrow().open(with(file, optionsFor("tls://localhost:" + port)), _ -> {});
    awaitReady(messaging);
    var handled = new AtomicInteger();
    var facts = new ConcurrentLinkedDeque<Fact>();

    try (var _ =
            subscribe("tls://localhost:" + port, file, handled, new ConcurrentLinkedDeque<>());
        var _ = subscribe("tls://127.0.0.1:" + port, file, new AtomicInteger(), facts)) {
      EventPublisherContract.publish(messaging.publisher(), someEvents(3));

      await().until(() -> handled.get() == 3);
      await().until(() -> facts.toString().contains("No subject alternative names matching"));
    }
  }

  private static UserEventSubscriber subscribe(
      String url, Path credentials, AtomicInteger handled, ConcurrentLinkedDeque<Fact> facts) {
    return UserEventSubscriber.open(
        Subscription.of("billing", url).withCredentials(credentials),
        new InMemoryLedger(),
        _ -> handled.incrementAndGet(),
        _ -> handled.incrementAndGet(),
        facts::add);
  }
}
