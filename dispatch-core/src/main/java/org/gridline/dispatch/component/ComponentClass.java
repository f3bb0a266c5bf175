package org.gridline.dispatch.component;

import java.util.List;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.classify.CategoryKey;

/**
 * 部件类别: a kind of component. Codes of components and of events overlap, so the key is the pair.
 *
 * @param reports the report categories that speak of such a component, the usual one first
 */
public record ComponentClass(CategoryKey key, Names name, List<CategoryKey> reports) {
  public ComponentClass {
    reports = List.copyOf(reports);
  }
}
