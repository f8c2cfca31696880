package io.userservice.architecture.violations.a5.application;

import io.userservice.architecture.violations.a5.adapter.persistence.generated.UsersRecord;

record Leak(UsersRecord row) {}
