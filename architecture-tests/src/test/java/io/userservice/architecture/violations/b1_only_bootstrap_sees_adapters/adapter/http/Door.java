package io.userservice.architecture.violations.b1_only_bootstrap_sees_adapters.adapter.http;

public final class Door {}
