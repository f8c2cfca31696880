package io.userservice.architecture.violations.p1_kinds.application.driven;

public final class Worker {}
