package io.userservice.architecture.violations.h7.adapter.nats;

final class DoorTest {}
