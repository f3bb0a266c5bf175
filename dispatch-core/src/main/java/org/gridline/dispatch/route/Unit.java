package org.gridline.dispatch.route;

import java.util.Optional;
import org.gridline.dispatch.Names;

/**
 * Whoever can own a ticket.
 *
 * @param parent the unit above, absent at the top
 * @param kind centre, department, street, zone, community or company
 * @param area the area that a street, zone or community unit stands for
 */
public record Unit(
    String code, Optional<String> parent, Names name, String kind, Optional<String> area) {}
