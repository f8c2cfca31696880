package io.userservice.architecture.violations.a4.adapter.http;

public final class Helper {}
