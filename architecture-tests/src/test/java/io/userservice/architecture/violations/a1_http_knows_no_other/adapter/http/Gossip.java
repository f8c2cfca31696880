package io.userservice.architecture.violations.a1_http_knows_no_other.adapter.http;

import io.userservice.architecture.violations.a1_http_knows_no_other.adapter.nats.Other;

record Gossip(Other other) {}
