package io.userservice.architecture.violations.a3_http_stays_home.domain;

import io.javalin.http.Context;

record Web(Context context) {}
