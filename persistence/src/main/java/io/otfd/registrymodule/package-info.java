/**
 * The module registry of an organization.
 *
 * <pre>
 *   create a version         upload                   upload
 *   ───────────────▶ pending ──────▶ ok ◀──────────── reg_ingress_failed
 *                       └────────────────────────────────▲
 *                              the archive is refused
 * </pre>
 */
package io.otfd.registrymodule;
