package org.peerrelay.lab.simulation;

import org.HdrHistogram.Histogram;

/**
 * Values that were measured, in three digits.
 *
 * @param count how many; all others are 0 if it is
 * @param mean their mean
 * @param p50 which half of them do not exceed
 * @param p99 which 99 in 100 do not exceed
 * @param max the largest
 */
public record Distribution(long count, double mean, double p50, double p99, double max) {
  /** Of a histogram whose values are in {@code unit}ths. */
  static Distribution of(Histogram values, double unit) {
    long count = values.getTotalCount();
    return count == 0
        ? new Distribution(0, 0, 0, 0, 0)
        : new Distribution(
            count,
            values.getMean() / unit,
            values.getValueAtPercentile(50) / unit,
            values.getValueAtPercentile(99) / unit,
            values.getMaxValue() / unit);
  }
}
