package org.gridline.dispatch.city;

import java.util.List;
import org.gridline.dispatch.city.Table.Columns;
import org.gridline.dispatch.city.Table.Row;
import org.gridline.dispatch.classify.Category;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.classify.CategoryTree;

/** What a pack's tickets are about: categories.csv. */
final class KindFiles {
  private static final Columns COLUMNS =
      Columns.of("kind code", "parent name_zh name_en synonyms field");

  private KindFiles() {}

  static CategoryTree categories(PackFolder folder) {
    List<Category> read =
        Table.read(
            folder.get("categories.csv"),
            COLUMNS,
            r ->
                new Category(
                    new CategoryKey(r.needed("kind"), r.needed("code")),
                    r.find("parent"),
                    r.names(),
                    r.list("synonyms"),
                    r.read("field", KindFiles::checked)));
    try {
      return new CategoryTree(read);
    } catch (IllegalArgumentException e) {
      throw new UnusablePack("categories.csv: " + e.getMessage());
    }
  }

  /** A row's category prefix; some category of the row's kind begins with it. */
  static String prefix(Row r, CategoryTree categories) {
    String kind = r.needed("kind");
    String prefix = r.text("category");
    List<CategoryKey> keys =
        categories.list().stream().map(Category::key).filter(k -> k.kind().equals(kind)).toList();
    if (keys.isEmpty()) throw r.wrong("kind", "no category kind " + kind);
    if (keys.stream().noneMatch(k -> k.code().startsWith(prefix)))
      throw r.wrong("category", "no category of kind " + kind + " begins with " + prefix);
    return prefix;
  }

  private static Category.Checked checked(String field) {
    return switch (field) {
      case "yes", "" -> Category.Checked.ON_SITE;
      case "no" -> Category.Checked.BY_PHONE;
      default -> throw new IllegalArgumentException("yes or no, not " + field);
    };
  }
}
