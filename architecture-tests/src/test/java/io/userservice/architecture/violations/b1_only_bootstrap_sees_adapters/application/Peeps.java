package io.userservice.architecture.violations.b1_only_bootstrap_sees_adapters.application;

import io.userservice.architecture.violations.b1_only_bootstrap_sees_adapters.adapter.http.Door;

record Peeps(Door door) {}
