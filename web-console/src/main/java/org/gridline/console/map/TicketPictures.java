package org.gridline.console.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.gridline.console.Office;
import org.gridline.console.http.Answer;
import org.gridline.console.http.Call;
import org.gridline.console.http.Endpoint;
import org.gridline.console.http.Worker;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.gis.position.Position;

/** A picture of a ticket's surroundings, for whoever may see the ticket. */
public final class TicketPictures {
  private static final int LEAST_PIXELS = 100;
  private static final int MOST_PIXELS = 1_600;
  private static final int USUAL_WIDTH = 640;
  private static final int USUAL_HEIGHT = 420;
  private static final int LEAST_SCALE = 500;
  private static final int MOST_SCALE = 500_000;
  private static final int USUAL_SCALE = 10_000;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,7}");

  /** The largest one takes 10 MiB and most of a processor; more at once would starve the calls. */
  private static final int AT_ONCE = 2;

  private final Office office;
  private final LayerSheet.Book book;
  private final Semaphore drawing = new Semaphore(AT_ONCE);

  public TicketPictures(Office office, LayerSheet.Book book) {
    this.office = office;
    this.book = book;
  }

  public List<Endpoint> endpoints() {
    return List.of(Endpoint.get("/api/v1/tickets/:id/map.png", this::picture));
  }

  private Answer picture(Call call) {
    int width = number(call, "width", LEAST_PIXELS, MOST_PIXELS, USUAL_WIDTH);
    int height = number(call, "height", LEAST_PIXELS, MOST_PIXELS, USUAL_HEIGHT);
    int scale = number(call, "scale", LEAST_SCALE, MOST_SCALE, USUAL_SCALE);
    int density = number(call, "density", 1, PictureFrame.MOST_DENSE, 1);
    Ticket ticket =
        office
            .tickets()
            .get(call.id(), call.user().scopeWithChecks(office.pack().policy().units()));
    Position at =
        ticket
            .place()
            .position()
            .orElseThrow(
                () -> new Failure(FailureCode.NOT_FOUND, "此工单没有坐标 · the ticket has no position"));
    PictureFrame frame = PictureFrame.of(at, width, height, scale).dense(density);
    byte[] png = Worker.run(() -> drawn(frame, Set.copyOf(ticket.place().areaCodes())));
    // Where somebody needs help is nobody's else: no cache keeps it.
    return new Answer.Full(200, "image/png", png, Map.of("Cache-Control", "private, no-store"));
  }

  private byte[] drawn(PictureFrame frame, Set<String> own) {
    if (!drawing.tryAcquire()) {
      throw new Failure(FailureCode.OVERLOADED, "请稍后重试 · many pictures are drawn just now");
    }
    try {
      PictureText text = PictureText.ofThisMachine();
      return Picture.draw(frame, book.list(), own, notes(text), text);
    } finally {
      drawing.release();
    }
  }

  private List<String> notes(PictureText text) {
    List<String> notes = new ArrayList<>();
    switch (office.pack().city().kind()) {
      case SAMPLE -> notes.add(text.either("合成数据 · synthetic data", "synthetic data"));
      case REAL ->
          office
              .pack()
              .city()
              .note()
              .ifPresent(n -> notes.add(text.either(n.zh() + " · " + n.en(), n.en())));
    }
    String version = book.list().stream().findFirst().map(LayerSheet::version).orElse("");
    notes.add(text.either("边界版本 · boundaries ", "boundaries ") + version);
    return notes;
  }

  private static int number(Call call, String name, int least, int most, int usual) {
    String given = call.query(name).orElse(Integer.toString(usual));
    int number = NUMBER.matcher(given).matches() ? Integer.parseInt(given) : -1;
    if (number >= least && number <= most) return number;
    throw Failure.atField(FailureCode.INVALID_REQUEST, name, least + " – " + most);
  }
}
