package io.userservice.architecture.violations.h7.adapter.http;

final class Door {}
