package io.userservice.architecture.strangers.adapter.http;

import java.io.IOException;
import java.net.Socket;

/** Speaks to somebody who is on no picture. */
final class Mailer {
  private Mailer() {}

  static void send(String host) throws IOException {
    try (var socket = new Socket(host, 25)) {
      socket.getOutputStream().write(new byte[] {'H', 'E', 'L', 'O'});
    }
  }
}
