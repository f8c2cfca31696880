package io.userservice.architecture.violations.u1.application;

import java.util.logging.Logger;

record Chatty(Logger log) {}
