/** What the service needs of the outside: ports that adapters implement, each a set of promises. */
@NullMarked
package io.userservice.application.driven;

import org.jspecify.annotations.NullMarked;
