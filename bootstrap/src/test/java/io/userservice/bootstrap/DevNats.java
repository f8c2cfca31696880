package io.userservice.bootstrap;

import io.userservice.adapter.nats.testserver.Setup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

/** How the NATS of the development run is to be: where clients look for one, if that is free. */
final class DevNats {
  private static final int USUAL_PORT = 4222;

  private DevNats() {}

  static Setup setup(Path folder) {
    var setup = Setup.in(folder);
    return isFree(USUAL_PORT) ? setup.on(USUAL_PORT) : setup;
  }

  private static boolean isFree(int port) {
    try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
