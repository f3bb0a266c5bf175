package org.gridline.console;

import java.nio.file.Path;
import java.time.InstantSource;
import org.gridline.console.http.Worker;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.city.EvidenceFile;
import org.gridline.dispatch.evidence.Enclose;
import org.gridline.dispatch.evidence.EvidenceRules;
import org.gridline.dispatch.evidence.EvidenceStore;
import org.gridline.dispatch.evidence.TakeEvidence;

/** Photos, letters and recordings of one city, and what may be done with them. Thread-safe. */
public record EvidenceRoom(
    EvidenceRules rules, EvidenceStore store, TakeEvidence take, Enclose enclose) {

  /**
   * @param city the pack's folder
   */
  static EvidenceRoom open(Path city, CityPack pack, EvidenceStore store, InstantSource clock) {
    EvidenceRules rules = EvidenceFile.read(city, pack.policy().categories());
    TakeEvidence.Computing aside =
        new TakeEvidence.Computing() {
          @Override
          public <T> T run(java.util.function.Supplier<T> work) {
            return Worker.run(work);
          }
        };
    return new EvidenceRoom(
        rules,
        store,
        new TakeEvidence(store, rules.limits(), aside, clock),
        new Enclose(store, rules));
  }
}
