package io.userservice.architecture.violations.a2_ports_only.application.delivery;

public final class Loop {}
