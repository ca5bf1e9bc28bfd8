# An organization as a platform team would keep it: pools of agents, who may use them, and workspaces that do.

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
  name  = var.organization
  email = "ops@example.com"
}

resource "tfe_agent_pool" "shared" {
  name         = "shared"
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

resource "tfe_project" "platform" {
  name         = "platform"
  organization = tfe_organization.this.name
  description  = "What everybody stands on"
}

resource "tfe_workspace" "network" {
  name         = "network"
  organization = tfe_organization.this.name
  project_id   = tfe_project.platform.id
  tag_names    = ["core"]
}

resource "tfe_workspace" "database" {
  name         = "database"
  organization = tfe_organization.this.name
  project_id   = tfe_project.platform.id
}

resource "tfe_workspace" "sandbox" {
  name         = "sandbox"
  organization = tfe_organization.this.name
}

resource "tfe_agent_pool_allowed_workspaces" "granted" {
  agent_pool_id         = tfe_agent_pool.granted.id
  allowed_workspace_ids = [tfe_workspace.network.id]
}

resource "tfe_agent_pool_allowed_projects" "granted" {
  agent_pool_id       = tfe_agent_pool.granted.id
  allowed_project_ids = [tfe_project.platform.id]
}

resource "tfe_agent_pool_excluded_workspaces" "shared" {
  agent_pool_id          = tfe_agent_pool.shared.id
  excluded_workspace_ids = [tfe_workspace.sandbox.id]
}

resource "tfe_workspace_settings" "network" {
  workspace_id   = tfe_workspace.network.id
  execution_mode = "agent"
  agent_pool_id  = tfe_agent_pool_allowed_workspaces.granted.agent_pool_id
}

resource "tfe_workspace_settings" "sandbox" {
  workspace_id   = tfe_workspace.sandbox.id
  execution_mode = "local"
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

output "has_token" {
  value     = tfe_agent_token.shared.token != ""
  sensitive = true
}
