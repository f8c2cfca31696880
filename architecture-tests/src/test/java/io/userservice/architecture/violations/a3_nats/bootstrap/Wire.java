package io.userservice.architecture.violations.a3_nats.bootstrap;

import io.nats.client.Message;

record Wire(Message message) {}
