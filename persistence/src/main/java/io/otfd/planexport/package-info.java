/** Plans for others to look at: Sentinel's mocks, made of a plan's JSON. */
package io.otfd.planexport;
