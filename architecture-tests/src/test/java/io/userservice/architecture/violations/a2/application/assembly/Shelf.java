package io.userservice.architecture.violations.a2.application.assembly;

public final class Shelf {}
