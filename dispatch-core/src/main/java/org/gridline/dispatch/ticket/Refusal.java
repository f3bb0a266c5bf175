package org.gridline.dispatch.ticket;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.Names;

/**
 * The four ways in which a report that is not accepted ends (domain page §13); the caller is told
 * which, and why.
 */
public enum Refusal {
  /** Put through to the police, the fire brigade, ambulance or traffic police. */
  TRANSFER("transfer", "转接紧急电话", "put through to an emergency number"),
  LEGAL_ROUTE("legalRoute", "告知法定途径", "the legal route is named"),
  EXPLAIN("explain", "解释说明", "explained"),
  POLICE("police", "移交公安", "handed to the police");

  /** Where a report is sent instead. */
  public enum Route {
    N110("110", "110 报警", "110 police", TRANSFER),
    N119("119", "119 火警", "119 fire brigade", TRANSFER),
    N120("120", "120 急救", "120 ambulance", TRANSFER),
    N122("122", "122 交通事故", "122 traffic accidents", TRANSFER),
    LITIGATION("litigation", "诉讼", "court", LEGAL_ROUTE),
    ARBITRATION("arbitration", "仲裁", "arbitration", LEGAL_ROUTE),
    DISCIPLINE("discipline", "纪检监察", "discipline inspection", LEGAL_ROUTE),
    RECONSIDERATION("reconsideration", "行政复议", "administrative review", LEGAL_ROUTE),
    DISCLOSURE("disclosure", "政府信息公开", "request for information", LEGAL_ROUTE),
    PETITION("petition", "信访", "petition", LEGAL_ROUTE);

    private final String id;
    private final Names label;
    private final Refusal of;

    Route(String id, String zh, String en, Refusal of) {
      this.id = id;
      this.label = new Names(zh, en);
      this.of = of;
    }

    public String id() {
      return id;
    }

    public Names label() {
      return label;
    }
  }

  private final String id;
  private final Names label;

  Refusal(String id, String zh, String en) {
    this.id = id;
    this.label = new Names(zh, en);
  }

  public String id() {
    return id;
  }

  public Names label() {
    return label;
  }

  /** Where it may be sent; empty where the outcome needs no such thing. */
  public List<Route> routes() {
    return Arrays.stream(Route.values()).filter(r -> r.of == this).toList();
  }

  public static Optional<Refusal> find(String id) {
    return Arrays.stream(values()).filter(r -> r.id.equals(id)).findFirst();
  }
}
