package org.gridline.bench.burst;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Requests at fixed times over connections of their own. Used by one thread. */
final class Offer {
  /**
   * What came back.
   *
   * @param dueSeconds when it should have been sent, from the beginning
   * @param millis from then to the answer
   * @param wireMillis from when it was really written
   */
  record Answer(
      double dueSeconds, double millis, double wireMillis, int status, boolean retryAfter) {}

  private final Supplier<byte[]> requests;
  private final double fromSeconds;
  private final double perSecond;
  private final long count;
  private final int connections;
  private final List<Answer> answers = new ArrayList<>();
  private final Queue<Double> waiting = new ArrayDeque<>();
  private long due;

  /**
   * @param fromSeconds when the first is sent, from the beginning
   */
  Offer(
      Supplier<byte[]> requests,
      double fromSeconds,
      double seconds,
      double perSecond,
      int connections) {
    this.requests = requests;
    this.fromSeconds = fromSeconds;
    this.perSecond = perSecond;
    this.count = Math.round(seconds * perSecond);
    this.connections = connections;
  }

  int connections() {
    return connections;
  }

  byte[] request() {
    return requests.get();
  }

  /** Times at which requests should have been sent by now and were not yet, in their order. */
  Queue<Double> waiting(double nowSeconds) {
    for (; due < count && fromSeconds + due / perSecond <= nowSeconds; due++)
      waiting.add(fromSeconds + due / perSecond);
    return waiting;
  }

  void answered(Answer answer) {
    answers.add(answer);
  }

  boolean done() {
    return answers.size() == count;
  }

  List<Answer> answers() {
    return answers;
  }

  long count(Predicate<Answer> which) {
    return answers.stream().filter(which).count();
  }

  /** The time that so large a share of those answers stays below. */
  double quantile(double share, Predicate<Answer> which) {
    double[] millis = answers.stream().filter(which).mapToDouble(Answer::millis).toArray();
    Arrays.sort(millis);
    return millis.length == 0 ? Double.NaN : millis[(int) (share * (millis.length - 1))];
  }

  double wireQuantile(double share, Predicate<Answer> which) {
    double[] millis = answers.stream().filter(which).mapToDouble(Answer::wireMillis).toArray();
    Arrays.sort(millis);
    return millis.length == 0 ? Double.NaN : millis[(int) (share * (millis.length - 1))];
  }
}
