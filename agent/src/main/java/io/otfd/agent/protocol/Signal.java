package io.otfd.agent.protocol;

/** @param kind {@code cancel}, {@code force_cancel} or {@code lease_lost}, as in {@link StatusReply.Message} */
public record Signal(String kind) {}
