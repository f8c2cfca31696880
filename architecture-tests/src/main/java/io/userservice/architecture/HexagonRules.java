package io.userservice.architecture;

import java.util.List;
import java.util.stream.Stream;

/**
 * The rules of a hexagon, for any base package:
 *
 * <pre>{@code
 * var shop = Hexagon.at("com.example.shop").withAdapter("web", "WebApi");
 * var code = Code.ofModules(List.of(Path.of("domain"), Path.of("web")));
 * HexagonRules.of(shop).forEach(rule -> rule.check(code));
 * }</pre>
 *
 * Better one test per rule; then the report names the broken one.
 */
public final class HexagonRules {
  private HexagonRules() {}

  /** All rules that make sense for such a shape, in the order of the catalogue. */
  public static List<Rule> of(Hexagon hexagon) {
    return Stream.of(
            DomainRules.of(hexagon),
            PortRules.of(hexagon),
            UseCaseRules.of(hexagon),
            AdapterRules.of(hexagon),
            BootstrapRules.of(hexagon),
            HouseRules.of(hexagon),
            SurpriseRules.of(hexagon),
            BlockRules.of(hexagon),
            TestRules.of(hexagon))
        .flatMap(List::stream)
        .toList();
  }
}
