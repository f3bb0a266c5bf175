package org.gridline.bench.lifecycle;

import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.flowable.common.engine.impl.history.HistoryLevel;
import org.flowable.engine.HistoryService;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.TaskService;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.flowable.task.api.Task;
import org.gridline.bench.common.Hands;
import org.gridline.bench.common.RunDatabase;
import org.gridline.bench.common.SampleCity;
import org.gridline.bench.common.Side;

/**
 * Flowable with full history, embedded, on a database of the same server. It is spared what it
 * would also have to do: no timers run, nothing is sealed or encrypted, no place is looked up.
 */
final class Engine implements Side, AutoCloseable {
  /** As many as Gridline keeps. */
  static final int MOST_CONNECTIONS = 8;

  /** It fetches blocks of ids over another connection while it holds one. */
  private static final int FOR_IDS = 2;

  /** Who may do each step, and what they say of it. */
  private record Step(String task, String user, Map<String, Object> said) {}

  private static final List<Step> STEPS =
      List.of(
          new Step("sign", "chengguan1", Map.of()),
          new Step("feedback", "chengguan1", Map.of("result", "solved", "words", "已清理完毕")),
          new Step("pass", "commander1", Map.of()),
          new Step("check", "checker1", Map.of("note", "现场已恢复")),
          new Step(
              "revisit",
              "revisitor1",
              Map.of("contacted", true, "solved", true, "satisfaction", "satisfied")),
          new Step("close", "commander1", Map.of("condition", "solved")));

  private final RunDatabase run;
  private final HikariDataSource pool;
  private final ProcessEngine engine;
  private final TaskService tasks;
  private final AtomicInteger callers = new AtomicInteger();

  Engine(RunDatabase run) {
    this.run = run;
    String[] who = URI.create(run.url()).getUserInfo().split(":", 2);
    pool = new HikariDataSource();
    pool.setJdbcUrl(RunDatabase.jdbc(run.url()));
    pool.setUsername(who[0]);
    pool.setPassword(who[1]);
    pool.setMaximumPoolSize(MOST_CONNECTIONS + FOR_IDS);
    StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
    configuration
        .setDataSource(pool)
        .setDatabaseSchemaUpdate("true")
        .setAsyncExecutorActivate(false);
    configuration.setHistoryLevel(HistoryLevel.FULL);
    engine = configuration.buildProcessEngine();
    engine.getRepositoryService().createDeployment().addString("life.bpmn20.xml", bpmn()).deploy();
    tasks = engine.getTaskService();
  }

  private static String bpmn() {
    StringBuilder xml =
        new StringBuilder(
            """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
                         xmlns:flowable="http://flowable.org/bpmn" targetNamespace="gridline">
             <process id="life" isExecutable="true">
              <startEvent id="registered"/>
            """);
    String before = "registered";
    for (Step step : STEPS) {
      xml.append(
          String.format(
              Locale.ROOT,
              "<sequenceFlow id=\"to-%2$s\" sourceRef=\"%1$s\" targetRef=\"%2$s\"/>"
                  + "<userTask id=\"%2$s\" flowable:assignee=\"%3$s\"/>%n",
              before,
              step.task(),
              step.user()));
      before = step.task();
    }
    return xml.append("<sequenceFlow id=\"to-end\" sourceRef=\"")
        .append(before)
        .append("\" targetRef=\"closed\"/><endEvent id=\"closed\"/></process></definitions>")
        .toString();
  }

  @Override
  public double live(int lives, int connections) throws Exception {
    double seconds = Hands.work(lives, connections, this::life);
    HistoryService history = engine.getHistoryService();
    long ended = history.createHistoricProcessInstanceQuery().finished().count();
    if (ended != callers.get())
      throw new IllegalStateException(ended + " of " + callers.get() + " ended");
    return seconds;
  }

  private void life() {
    int caller = callers.incrementAndGet();
    String id =
        engine
            .getRuntimeService()
            .startProcessInstanceByKey(
                "life",
                "B" + caller,
                Map.of(
                    "channel", "phone",
                    "type", "help",
                    "urgency", "normal",
                    "words", SampleCity.WORDS,
                    "phone", String.format(Locale.ROOT, "+86138%08d", caller),
                    "lon", 118.89 + caller % 1_000 * 1e-6,
                    "lat", 32.12,
                    "areas", "320113,320113009,320113009001,32011300900101",
                    "category", "06010",
                    "unit", "QX-CG"))
            .getId();
    for (Step step : STEPS) {
      Task task = tasks.createTaskQuery().processInstanceId(id).singleResult();
      if (!task.getTaskDefinitionKey().equals(step.task()))
        throw new IllegalStateException("stands at " + task.getTaskDefinitionKey());
      tasks.complete(task.getId(), step.user(), step.said());
    }
  }

  @Override
  public void settle() throws Exception {
    run.execute("VACUUM ANALYZE", "CHECKPOINT");
  }

  @Override
  public void close() {
    engine.close();
    pool.close();
  }
}
