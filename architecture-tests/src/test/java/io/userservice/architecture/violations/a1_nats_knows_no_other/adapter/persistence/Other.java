package io.userservice.architecture.violations.a1_nats_knows_no_other.adapter.persistence;

public final class Other {}
