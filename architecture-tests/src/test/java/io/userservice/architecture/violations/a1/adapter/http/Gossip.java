package io.userservice.architecture.violations.a1.adapter.http;

import io.userservice.architecture.violations.a1.adapter.nats.Other;

record Gossip(Other other) {}
