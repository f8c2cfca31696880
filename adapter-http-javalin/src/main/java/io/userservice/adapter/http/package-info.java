/** HTTP as the way in: requests to calls of the driving ports, their outcomes to answers. */
@NullMarked
package io.userservice.adapter.http;

import org.jspecify.annotations.NullMarked;
