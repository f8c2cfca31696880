package io.userservice.architecture.violations.b1_adapters.application;

import io.userservice.architecture.violations.b1_adapters.adapter.http.Door;

record Peeps(Door door) {}
