package io.userservice.architecture.violations.h5.application;

public final class Alone {}
