package org.gridline.bench.storm;

/**
 * One call of the storm.
 *
 * @param atSeconds after midnight, as it happened
 * @param lon in the sample district
 * @param lat in the sample district
 * @param words synthetic, of the call's kind
 */
record Call(double atSeconds, double lon, double lat, String words) {}
