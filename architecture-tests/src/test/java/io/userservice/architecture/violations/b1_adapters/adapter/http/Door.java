package io.userservice.architecture.violations.b1_adapters.adapter.http;

public final class Door {}
