package io.userservice.architecture.violations.d1_java_base_only.domain;

import java.util.logging.Logger;

final class Logs {
  final Logger log = Logger.getLogger("domain");
}
