/** Searches for what is there, by {@code terraform query}: those of a workspace, and one of them with its log. */
package io.otfd.ui.queryrun;
