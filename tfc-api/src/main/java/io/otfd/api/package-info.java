/** HCP Terraform's JSON:API and the agent protocol: documents in, guarded services, documents out. */
package io.otfd.api;
