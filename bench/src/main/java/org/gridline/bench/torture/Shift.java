package org.gridline.bench.torture;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets clients work, rest together, and go home. Thread-safe. */
final class Shift {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int here;
  private int resting;
  private boolean pause;
  private boolean over;

  Shift(int clients) {
    here = clients;
  }

  /** Asked by a client between two pieces of work; waits while there is a pause. */
  boolean mayWork() throws InterruptedException {
    lock.lock();
    try {
      resting++;
      changed.signalAll();
      while (pause && !over) changed.await();
      resting--;
      return !over;
    } finally {
      lock.unlock();
    }
  }

  void leaves() {
    lock.lock();
    try {
      here--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns when nobody works: everybody knows what became of what they had sent. */
  void pause(long seconds) throws InterruptedException, TimeoutException {
    lock.lock();
    try {
      pause = true;
      long left = TimeUnit.SECONDS.toNanos(seconds);
      while (resting < here) {
        if (left <= 0)
          throw new TimeoutException(here - resting + " clients still wait for an answer");
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  void goOn() {
    lock.lock();
    try {
      pause = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void end() {
    lock.lock();
    try {
      over = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
