/** Bearer tokens: who calls, for which tenant, with which scopes. */
@NullMarked
package io.userservice.adapter.http.auth;

import org.jspecify.annotations.NullMarked;
