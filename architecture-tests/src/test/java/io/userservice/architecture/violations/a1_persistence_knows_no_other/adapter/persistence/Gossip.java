package io.userservice.architecture.violations.a1_persistence_knows_no_other.adapter.persistence;

import io.userservice.architecture.violations.a1_persistence_knows_no_other.adapter.http.Other;

record Gossip(Other other) {}
