package io.userservice.architecture.violations.a1_nats_knows_no_other.adapter.nats;

import io.userservice.architecture.violations.a1_nats_knows_no_other.adapter.persistence.Other;

record Gossip(Other other) {}
