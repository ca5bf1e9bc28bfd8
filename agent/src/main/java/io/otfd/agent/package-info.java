/** otf-agent: takes jobs from otfd over HTTP and runs Terraform. Depends on no other module. */
package io.otfd.agent;
