package io.userservice.architecture.violations.a3_nats_stays_home.bootstrap;

import io.nats.client.Message;

record Wire(Message message) {}
