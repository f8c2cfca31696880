package io.userservice.architecture.violations.a3_http.domain;

import io.javalin.http.Context;

record Web(Context context) {}
