package io.userservice.architecture.violations.a1_persistence_knows_no_other.adapter.http;

public final class Other {}
