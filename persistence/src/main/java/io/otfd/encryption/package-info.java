/**
 * Encryption at rest, in two steps. Data keys seal what is stored, and are stored themselves, wrapped by a master key that
 * is never in the database:
 *
 * <pre>
 *   master keys (file)  ──wrap──▶  data_key  ──seal──▶  blobs, variables, outputs, SSH keys, keys of signed URLs
 * </pre>
 *
 * Each sealed thing names its data key, and each data key its master key. A new master key wraps all data keys anew and
 * begins a new one; what is stored already stays as it is.
 */
package io.otfd.encryption;
