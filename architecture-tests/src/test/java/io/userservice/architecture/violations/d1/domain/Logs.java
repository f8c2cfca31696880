package io.userservice.architecture.violations.d1.domain;

import java.util.logging.Logger;

final class Logs {
  final Logger log = Logger.getLogger("domain");
}
