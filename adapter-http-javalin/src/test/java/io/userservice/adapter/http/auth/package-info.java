@NullMarked
package io.userservice.adapter.http.auth;

import org.jspecify.annotations.NullMarked;
