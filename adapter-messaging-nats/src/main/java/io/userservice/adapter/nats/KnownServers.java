package io.userservice.adapter.nats;

import io.nats.client.Options;
import io.nats.client.impl.NatsServerPool;
import java.util.List;

/**
 * The servers that may be tried: those that were configured, and those that the cluster told of. A
 * server that was cut off from its cluster tells of itself alone, just when the others are needed,
 * and one that was away for a moment is no reason to forget it: so the last list that names several
 * stays.
 */
final class KnownServers extends NatsServerPool {
  private volatile List<String> told = List.of();

  @Override
  public void initialize(Options options) {
    super.initialize(options);
    if (!told.isEmpty()) {
      super.acceptDiscoveredUrls(told);
    }
  }

  @Override
  public boolean acceptDiscoveredUrls(List<String> discovered) {
    if (discovered.size() > 1 && !options.isIgnoreDiscoveredServers()) {
      told = List.copyOf(discovered);
    }
    return super.acceptDiscoveredUrls(told.isEmpty() ? discovered : told);
  }

  /** Whether a cluster of several has told of itself. */
  boolean areOthersTold() {
    return !told.isEmpty();
  }
}
