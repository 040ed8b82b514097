package io.asyncore.spring.actuate;

import java.util.Map;

/**
 * What the endpoint says of all servers.
 *
 * @param servers each by its name
 * @param totals all of them together
 */
public record ServersDescriptor(Map<String, ServerDescriptor> servers, Totals totals) {}
