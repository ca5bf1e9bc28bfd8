# The same organization after a change of mind: defaults that workspaces inherit, other grants, other names.

terraform {
  required_providers {
    tfe = {
      source = "hashicorp/tfe"
    }
  }
}

variable "organization" {
  type = string
}

resource "tfe_organization" "this" {
  name                          = var.organization
  email                         = "platform@example.com"
  allow_force_delete_workspaces = true
}

resource "tfe_agent_pool" "shared" {
  name         = "shared-by-all"
  organization = tfe_organization.this.name
}

resource "tfe_agent_pool" "granted" {
  name                = "granted"
  organization        = tfe_organization.this.name
  organization_scoped = false
}

resource "tfe_agent_token" "shared" {
  agent_pool_id = tfe_agent_pool.shared.id
  description   = "for the first agent"
}

resource "tfe_organization_default_settings" "this" {
  organization           = tfe_organization.this.name
  default_execution_mode = "agent"
  default_agent_pool_id  = tfe_agent_pool.shared.id
}

resource "tfe_project" "platform" {
  name         = "platform"
  organization = tfe_organization.this.name
  description  = "What everybody stands on, and more"
}

resource "tfe_project_settings" "platform" {
  project_id             = tfe_project.platform.id
  default_execution_mode = "agent"
  default_agent_pool_id  = tfe_agent_pool_allowed_projects.granted.agent_pool_id
}

resource "tfe_workspace" "network" {
  name         = "network"
  organization = tfe_organization.this.name
  project_id   = tfe_project.platform.id
  tag_names    = ["core", "shared"]
}

resource "tfe_workspace" "database" {
  name              = "database"
  organization      = tfe_organization.this.name
  project_id        = tfe_project.platform.id
  description       = "Postgres"
  working_directory = "live"
  auto_apply        = true
}

resource "tfe_workspace" "sandbox" {
  name         = "sandbox"
  organization = tfe_organization.this.name
}

resource "tfe_agent_pool_allowed_workspaces" "granted" {
  agent_pool_id         = tfe_agent_pool.granted.id
  allowed_workspace_ids = [tfe_workspace.network.id, tfe_workspace.sandbox.id]
}

resource "tfe_agent_pool_allowed_projects" "granted" {
  agent_pool_id       = tfe_agent_pool.granted.id
  allowed_project_ids = [tfe_project.platform.id]
}

resource "tfe_workspace_settings" "network" {
  workspace_id = tfe_workspace.network.id
  # Takes the project's mode and pool.
  depends_on = [tfe_project_settings.platform]
}

resource "tfe_workspace_settings" "sandbox" {
  workspace_id   = tfe_workspace.sandbox.id
  execution_mode = "remote"
  tags = {
    team = "platform"
  }
}

data "tfe_agent_pool" "granted" {
  name         = tfe_agent_pool.granted.name
  organization = tfe_organization.this.name
}

data "tfe_organization" "this" {
  name = tfe_organization.this.name
}

data "tfe_project" "platform" {
  name         = tfe_project.platform.name
  organization = tfe_organization.this.name
}

data "tfe_projects" "all" {
  organization = tfe_project.platform.organization
}

data "tfe_workspace" "network" {
  name         = tfe_workspace.network.name
  organization = tfe_organization.this.name
  depends_on   = [tfe_workspace_settings.network]
}

data "tfe_workspace_ids" "core" {
  tag_names    = ["core"]
  organization = tfe_workspace.network.organization
}

output "pool" {
  value = tfe_agent_pool.granted.id
}

output "project" {
  value = tfe_project.platform.id
}

output "workspace" {
  value = tfe_workspace.network.id
}

output "read" {
  value = {
    pool           = data.tfe_agent_pool.granted.id
    email          = data.tfe_organization.this.email
    project        = data.tfe_project.platform.id
    projects       = length(data.tfe_projects.all.projects)
    execution_mode = data.tfe_workspace.network.execution_mode
    core           = keys(data.tfe_workspace_ids.core.ids)
  }
}
