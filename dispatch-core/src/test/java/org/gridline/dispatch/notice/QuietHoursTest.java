package org.gridline.dispatch.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** People are left alone by the clock on their wall. */
class QuietHoursTest {
  @ParameterizedTest
  @CsvSource({
    "22:00, 07:00, Asia/Shanghai,    2026-11-22T21:59, 2026-11-22T21:59",
    "22:00, 07:00, Asia/Shanghai,    2026-11-22T22:00, 2026-11-23T07:00",
    "22:00, 07:00, Asia/Shanghai,    2026-11-23T06:59, 2026-11-23T07:00",
    "22:00, 07:00, Asia/Shanghai,    2026-11-23T07:00, 2026-11-23T07:00",
    "12:00, 14:00, Asia/Shanghai,    2026-11-23T13:00, 2026-11-23T14:00",
    "12:00, 14:00, Asia/Shanghai,    2026-11-23T14:00, 2026-11-23T14:00",
    "12:00, 12:00, Asia/Shanghai,    2026-11-23T12:00, 2026-11-23T12:00",
    "22:00, 02:30, America/New_York, 2026-03-07T23:00, 2026-03-08T03:30",
    "22:00, 07:00, America/New_York, 2026-10-31T23:00, 2026-11-01T07:00",
    "22:00, 07:00, Asia/Shanghai,    2028-02-28T23:00, 2028-02-29T07:00",
  })
  void what_falls_into_them_waits_for_their_end(
      LocalTime from, LocalTime to, String zone, LocalDateTime at, LocalDateTime shown) {
    ZoneId where = ZoneId.of(zone);
    assertThat(new QuietHours(from, to, where).after(at.atZone(where).toInstant()))
        .isEqualTo(shown.atZone(where).toInstant());
  }
}
