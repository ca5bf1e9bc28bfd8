package io.otfd.registrymodule;

/** @param canManage may publish versions and delete them */
public record RegistryModuleView(RegistryModule module, boolean canManage) {}
