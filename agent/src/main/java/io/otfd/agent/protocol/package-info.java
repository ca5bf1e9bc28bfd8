/**
 * The agent protocol, declared once for both sides: the TFC agent dialect (register, status, jobs under
 * {@code /api/agent}) plus extensions that the server offers to agents that send {@link
 * io.otfd.agent.protocol.Wire#PROTOCOL_HEADER} at registration. Members are snake_case on the wire; a member that the
 * other side does not send arrives as {@code null} and compact constructors give it its meaning.
 */
package io.otfd.agent.protocol;
