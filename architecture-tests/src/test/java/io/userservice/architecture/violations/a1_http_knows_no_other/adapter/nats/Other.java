package io.userservice.architecture.violations.a1_http_knows_no_other.adapter.nats;

public final class Other {}
