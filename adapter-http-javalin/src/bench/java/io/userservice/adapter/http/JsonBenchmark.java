package io.userservice.adapter.http;

import io.userservice.adapter.http.JsonCodec.Parsed;
import io.userservice.domain.user.ActiveUser;
import io.userservice.domain.user.Changes;
import io.userservice.domain.user.Decision.Happened;
import io.userservice.domain.user.Profile;
import io.userservice.domain.user.TenantId;
import io.userservice.domain.user.UserId;
import io.userservice.domain.user.UserKey;
import io.userservice.domain.user.UserPatch;
import io.userservice.domain.validation.Validated;
import io.userservice.domain.validation.Validated.Valid;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a request costs without network and database: reading, deciding, writing. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class JsonBenchmark {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  private final byte[] small = bytes("{\"email\":\"ana@example.org\",\"name\":\"Ana\"}");
  private final byte[] large = bytes(document(60));
  private final byte[] patch =
      bytes("{\"name\":\"Ana Maria\",\"attributes\":{\"key7\":{\"n\":7},\"team\":\"blue\"}}");
  private final Parsed smallParsed = JsonCodec.parse(small);
  private final UserPatch change = valid(UserDocument.of(JsonCodec.parse(patch)).patch());
  private final ActiveUser user = user(small);
  private final ActiveUser largeUser = user(large);
  private final Profile before = largeUser.profile();
  private final Profile after = ((Happened) largeUser.apply(change, AT)).user().profile();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** About 4 KiB. */
  private static String document(int attributes) {
    var text =
        new StringBuilder("{\"email\":\"ana@example.org\",\"name\":\"Ana\",\"attributes\":{");
    for (var i = 0; i < attributes; i++) {
      text.append(i == 0 ? "" : ",")
          .append(
              "\"key%d\":{\"n\":%d,\"list\":[1,2.5,true,null],\"text\":\"some text\"}"
                  .formatted(i, i));
    }
    return text.append("}}").toString();
  }

  private static ActiveUser user(byte[] body) {
    var profile = valid(UserDocument.of(JsonCodec.parse(body)).profile());
    var key = new UserKey(new TenantId("acme"), new UserId(new UUID(0x7000, 0x8000L << 48)));
    return (ActiveUser) ActiveUser.create(key, profile, AT).user();
  }

  private static <T> T valid(Validated<T> validated) {
    return ((Valid<T>) validated).value();
  }

  @Benchmark
  public Parsed read_a_small_document() {
    return JsonCodec.parse(small);
  }

  @Benchmark
  public Parsed read_a_large_document() {
    return JsonCodec.parse(large);
  }

  @Benchmark
  public Validated<Profile> check_a_small_document() {
    return UserDocument.of(smallParsed).profile();
  }

  @Benchmark
  public Object write_a_small_user() {
    return UserJson.of(user);
  }

  @Benchmark
  public Object write_a_large_user() {
    return UserJson.of(largeUser);
  }

  @Benchmark
  public Optional<Changes> compare_two_large_profiles() {
    return Changes.between(before, after);
  }

  @Benchmark
  public Object apply_a_patch_to_a_large_user() {
    return largeUser.apply(change, AT);
  }
}
