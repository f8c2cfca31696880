package io.userservice.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.userservice.adapter.persistence.Watermark.Found;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class WatermarkTest {
  private final AtomicLong now = new AtomicLong();
  private final Watermark watermark = new Watermark(now::get);

  @Test
  void a_search_begins_where_nothing_can_be_pending_below() {
    searchedUpTo(300);

    assertThat(watermark.search().from()).isEqualTo(300);
  }

  /** Another server may have taken over that knows nothing of the last numbers. */
  @Test
  void once_a_minute_all_is_searched() {
    searchedUpTo(300);

    now.addAndGet(Duration.ofMinutes(1).toNanos());

    assertThat(watermark.search().from()).isZero();
    assertThat(watermark.search().from()).isEqualTo(300);
  }

  @Test
  void what_is_found_below_is_searched_for_until_it_is_gone() {
    searchedUpTo(300);
    now.addAndGet(Duration.ofMinutes(1).toNanos());

    watermark.found(watermark.search(), new Found(270, 280, 12, 13), false);

    assertThat(watermark.search().from()).isZero();
  }

  /** Two batches, of transactions that have all ended. */
  private void searchedUpTo(long last) {
    watermark.found(watermark.search(), new Found(1, last - 1, 10, 10), false);
    watermark.found(watermark.search(), new Found(last, last, 11, 11), false);
  }
}
