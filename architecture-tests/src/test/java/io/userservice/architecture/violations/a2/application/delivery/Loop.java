package io.userservice.architecture.violations.a2.application.delivery;

public final class Loop {}
