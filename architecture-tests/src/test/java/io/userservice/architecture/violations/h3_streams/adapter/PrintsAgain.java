package io.userservice.architecture.violations.h3_streams.adapter;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;

/** By other names. */
final class PrintsAgain {
  void console() {
    System.console().flush();
  }

  void descriptor() throws IOException {
    try (var out = new FileOutputStream(FileDescriptor.out)) {
      out.write(1);
    }
  }
}
