package io.userservice.architecture.violations.a1.adapter.nats;

public final class Other {}
