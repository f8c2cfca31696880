package io.userservice.architecture.violations.a5.adapter.persistence.generated;

public final class UsersRecord {}
