package org.gridline.dispatch.city;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.gridline.dispatch.city.Table.Columns;
import org.gridline.dispatch.city.Table.Row;
import org.gridline.dispatch.classify.Category;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.classify.CategoryTree;
import org.gridline.dispatch.component.CodeForm;
import org.gridline.dispatch.component.ComponentClass;
import org.gridline.dispatch.component.ComponentClasses;
import org.gridline.dispatch.component.ComponentRules;
import org.gridline.dispatch.component.OwnerRole;

/**
 * What a pack says about components: {@code component-classes.csv}, {@code components.yaml} and its
 * register {@code components.csv}. A city may do without each.
 */
public final class ComponentFiles {
  private static final Columns CLASSES = Columns.of("kind code", "name_zh name_en reports");

  private ComponentFiles() {}

  /**
   * @param pack the pack's folder
   * @throws UnusablePack naming file, place and reason
   */
  public static ComponentRules read(Path pack, City city, CategoryTree categories) {
    PackFolder folder = new PackFolder(pack.toAbsolutePath().normalize(), pack);
    ComponentClasses classes = classes(folder, categories);
    Optional<Yaml> yaml = folder.find("components.yaml").map(Yaml::read);
    try {
      ComponentRules usual = ComponentRules.usual(form(Optional.empty(), city), classes);
      return yaml.map(y -> rules(y, usual, city)).orElse(usual);
    } catch (IllegalArgumentException wrong) {
      throw new UnusablePack("components.yaml: " + wrong.getMessage());
    }
  }

  /** The pack's own register, imported at the first start with it. */
  public static Optional<Path> register(Path pack) {
    return new PackFolder(pack.toAbsolutePath().normalize(), pack).find("components.csv");
  }

  private static ComponentRules rules(Yaml yaml, ComponentRules usual, City city) {
    yaml.only("code", "ownerOrder", "nearMetres", "exactMetres", "farMetres", "publicUrl");
    return new ComponentRules(
        form(yaml.find("code"), city),
        usual.classes(),
        yaml.find("ownerOrder").isPresent()
            ? yaml.list("ownerOrder", ComponentFiles::role)
            : usual.ownerOrder(),
        number(yaml, "nearMetres", usual.nearMetres()),
        number(yaml, "exactMetres", usual.exactMetres()),
        number(yaml, "farMetres", usual.farMetres()),
        publicUrl(yaml));
  }

  private static String publicUrl(Yaml yaml) {
    String url = yaml.optionalText("publicUrl");
    if (!url.isEmpty() && !url.matches("https?://[A-Za-z0-9.:_/\\[\\]-]{1,180}"))
      throw yaml.wrong("publicUrl", "must be an address such as https://grid.example.gov.cn");
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  private static CodeForm form(Optional<Yaml> said, City city) {
    CodeForm usual = CodeForm.usual();
    if (said.isEmpty()) return withCity(usual, city);
    Yaml code = said.get().only("region", "class", "order");
    return withCity(
        new CodeForm(
            (int) number(code, "region", usual.region()),
            (int) number(code, "class", usual.type()),
            (int) number(code, "order", usual.order()),
            ""),
        city);
  }

  /** Codes begin with the city's own, where that has the length of a region. */
  private static CodeForm withCity(CodeForm form, City city) {
    return city.code().length() == form.region() && city.code().chars().allMatch(Character::isDigit)
        ? new CodeForm(form.region(), form.type(), form.order(), city.code())
        : form;
  }

  private static OwnerRole role(Yaml name) {
    return OwnerRole.find(name.text().toLowerCase(Locale.ROOT))
        .orElseThrow(
            () ->
                new IllegalArgumentException("maintenance, property or authority: " + name.text()));
  }

  private static double number(Yaml yaml, String member, double usual) {
    return yaml.find(member).isPresent() ? yaml.number(member) : usual;
  }

  private static ComponentClasses classes(PackFolder folder, CategoryTree categories) {
    Optional<Path> file = folder.find("component-classes.csv");
    if (file.isEmpty()) return new ComponentClasses(List.of());
    try {
      return new ComponentClasses(
          Table.read(
              file.get(),
              CLASSES,
              r -> {
                CategoryKey key = r.read("code", code -> new CategoryKey(r.needed("kind"), code));
                List<CategoryKey> said =
                    r.list("reports").stream().map(text -> report(r, text, categories)).toList();
                return new ComponentClass(
                    key, r.names(), said.isEmpty() ? sameCode(key, categories) : said);
              }));
    } catch (IllegalArgumentException wrong) {
      throw new UnusablePack("component-classes.csv: " + wrong.getMessage());
    }
  }

  /** The standard numbers the faults of a component as it numbers the component. */
  private static List<CategoryKey> sameCode(CategoryKey key, CategoryTree categories) {
    return categories.list().stream()
        .map(Category::key)
        .filter(category -> category.code().equals(key.code()) && categories.leaf(category))
        .toList();
  }

  private static CategoryKey report(Row r, String text, CategoryTree categories) {
    int colon = text.indexOf(':');
    if (colon < 1 || colon == text.length() - 1) throw r.wrong("reports", "KIND:CODE, not " + text);
    CategoryKey key = new CategoryKey(text.substring(0, colon), text.substring(colon + 1));
    if (!categories.leaf(key)) throw r.wrong("reports", "no class " + text + " in categories.csv");
    return key;
  }
}
