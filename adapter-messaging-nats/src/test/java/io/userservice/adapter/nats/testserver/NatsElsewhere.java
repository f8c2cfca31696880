package io.userservice.adapter.nats.testserver;

/** A server that somebody else runs, and that isn't ours to kill. */
record NatsElsewhere(String url) implements NatsServer {

  static NatsServer at(String url) {
    if (!Greeting.answers(url)) {
      throw new IllegalStateException("TEST_NATS_URL is set, but no NATS server answers there");
    }
    var server = new NatsElsewhere(url);
    NatsSources.tell(server);
    return server;
  }

  @Override
  public String origin() {
    return "NATS at TEST_NATS_URL";
  }

  @Override
  public void stop() {
    // it was there before us
  }

  @Override
  public void kill() {
    throw notOurs();
  }

  @Override
  public void pause() {
    throw notOurs();
  }

  @Override
  public void resume() {
    throw notOurs();
  }

  @Override
  public void restart() {
    throw notOurs();
  }

  private static UnsupportedOperationException notOurs() {
    return new UnsupportedOperationException("the server at TEST_NATS_URL isn't ours to stop");
  }
}
