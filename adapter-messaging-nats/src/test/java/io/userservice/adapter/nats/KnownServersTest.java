package io.userservice.adapter.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Options;
import io.nats.client.support.NatsUri;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KnownServersTest {
  private static final Options OPTIONS =
      Options.builder().server("nats://one:4222").noReconnect().build();

  private final KnownServers servers = new KnownServers();

  @Test
  void one_that_tells_of_itself_alone_may_have_lost_the_others() {
    servers.initialize(OPTIONS);
    servers.acceptDiscoveredUrls(List.of("one:4222", "two:4222", "three:4222"));

    servers.acceptDiscoveredUrls(List.of("one:4222"));

    assertThat(servers.getServerList())
        .containsExactlyInAnyOrder("nats://one:4222", "nats://two:4222", "nats://three:4222");
  }

  @Test
  void one_that_could_not_be_reached_is_tried_by_the_next_connection() throws Exception {
    servers.initialize(OPTIONS);
    servers.acceptDiscoveredUrls(List.of("one:4222", "two:4222"));
    servers.connectFailed(new NatsUri("two:4222"));
    assertThat(servers.getServerList()).containsExactly("nats://one:4222");

    servers.initialize(OPTIONS);

    assertThat(servers.getServerList())
        .containsExactlyInAnyOrder("nats://one:4222", "nats://two:4222");
    assertThat(servers.areOthersTold()).isTrue();
  }

  @Test
  void what_has_left_the_cluster_is_forgotten() {
    servers.initialize(OPTIONS);
    servers.acceptDiscoveredUrls(List.of("one:4222", "two:4222", "three:4222"));

    servers.acceptDiscoveredUrls(List.of("one:4222", "three:4222"));

    assertThat(servers.getServerList())
        .containsExactlyInAnyOrder("nats://one:4222", "nats://three:4222");
  }

  /** With TLS: the cluster tells of addresses that no certificate names. */
  @Test
  void what_is_not_to_be_heard_is_not_known() {
    servers.initialize(
        Options.builder().server("tls://one:4222").ignoreDiscoveredServers().build());

    servers.acceptDiscoveredUrls(List.of("one:4222", "two:4222"));

    assertThat(servers.areOthersTold()).isFalse();
    assertThat(servers.getServerList()).containsExactly("tls://one:4222");
  }

  @Test
  void a_server_of_no_cluster_is_alone() {
    servers.initialize(OPTIONS);

    servers.acceptDiscoveredUrls(List.of());

    assertThat(servers.areOthersTold()).isFalse();
    assertThat(servers.getServerList()).containsExactly("nats://one:4222");
  }
}
