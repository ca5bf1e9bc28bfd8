# What runs of an organization are given, held to and told about: people, variables, keys, tasks, policies and modules.

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

# Of a service that answers 200 to whatever it is sent.
variable "receiver" {
  type = string
}

variable "stage" {
  type    = string
  default = "post_plan"
}

variable "note" {
  type    = string
  default = "first"
}

resource "tfe_organization" "this" {
  name                          = var.organization
  email                         = "ops@example.com"
  allow_force_delete_workspaces = true
}

resource "tfe_project" "platform" {
  name         = "platform"
  organization = tfe_organization.this.name
}

resource "tfe_workspace" "network" {
  name                = "network"
  organization        = tfe_organization.this.name
  project_id          = tfe_project.platform.id
  global_remote_state = false
  ssh_key_id          = tfe_ssh_key.modules.id
}

resource "tfe_workspace" "database" {
  name         = "database"
  organization = tfe_organization.this.name
}

resource "tfe_ssh_key" "modules" {
  name         = "modules-${var.note}"
  organization = tfe_organization.this.name
  key          = "a private key"
}

resource "tfe_run_trigger" "network" {
  workspace_id  = tfe_workspace.database.id
  sourceable_id = tfe_workspace.network.id
}

resource "tfe_team" "operators" {
  name         = "operators"
  organization = tfe_organization.this.name
  organization_access {
    manage_run_tasks = true
    manage_policies  = var.note == "first"
  }
}

resource "tfe_team_access" "operators" {
  access       = "write"
  team_id      = tfe_team.operators.id
  workspace_id = tfe_workspace.network.id
}

resource "tfe_team_token" "operators" {
  team_id = tfe_team.operators.id
}

resource "tfe_variable" "region" {
  key          = "region"
  value        = var.note
  category     = "terraform"
  description  = "Where it stands"
  workspace_id = tfe_workspace.network.id
}

resource "tfe_variable" "secret" {
  key          = "SECRET"
  value        = var.note
  category     = "env"
  sensitive    = true
  workspace_id = tfe_workspace.network.id
}

resource "tfe_variable_set" "shared" {
  name         = "shared"
  description  = var.note
  organization = tfe_organization.this.name
}

resource "tfe_workspace_variable_set" "network" {
  variable_set_id = tfe_variable_set.shared.id
  workspace_id    = tfe_workspace.network.id
}

resource "tfe_project_variable_set" "platform" {
  variable_set_id = tfe_variable_set.shared.id
  project_id      = tfe_project.platform.id
}

resource "tfe_variable" "shared" {
  key             = "owner"
  value           = "[\"${var.note}\"]"
  hcl             = true
  category        = "terraform"
  variable_set_id = tfe_variable_set.shared.id
}

resource "tfe_notification_configuration" "network" {
  name             = "chat"
  enabled          = true
  destination_type = "generic"
  triggers         = var.note == "first" ? ["run:created"] : ["run:created", "run:errored"]
  url              = var.receiver
  workspace_id     = tfe_workspace.network.id
}

resource "tfe_organization_run_task" "scan" {
  name         = "scan"
  organization = tfe_organization.this.name
  url          = var.receiver
  description  = var.note
  hmac_key     = "a key"
  enabled      = true
}

resource "tfe_workspace_run_task" "scan" {
  workspace_id      = tfe_workspace.network.id
  task_id           = tfe_organization_run_task.scan.id
  enforcement_level = "advisory"
  stages            = [var.stage]
}

resource "tfe_organization_run_task_global_settings" "scan" {
  task_id           = tfe_organization_run_task.scan.id
  enabled           = true
  enforcement_level = "advisory"
  stages            = [var.stage]
}

resource "tfe_policy" "names" {
  name         = "names"
  organization = tfe_organization.this.name
  description  = var.note
  kind         = "opa"
  query        = "data.terraform.deny"
  policy       = <<-REGO
    package terraform

    deny contains "${var.note}" if input.plan.errored
  REGO
  enforce_mode = "mandatory"
}

resource "tfe_policy_set" "production" {
  name         = "production"
  organization = tfe_organization.this.name
  description  = var.note
  kind         = "opa"
  overridable  = true
  policy_ids   = [tfe_policy.names.id]
}

resource "tfe_workspace_policy_set" "network" {
  policy_set_id = tfe_policy_set.production.id
  workspace_id  = tfe_workspace.network.id
}

resource "tfe_project_policy_set" "platform" {
  policy_set_id = tfe_policy_set.production.id
  project_id    = tfe_project.platform.id
}

resource "tfe_workspace_policy_set_exclusion" "database" {
  policy_set_id = tfe_policy_set.production.id
  workspace_id  = tfe_workspace.database.id
}

resource "tfe_registry_module" "vpc" {
  organization    = tfe_organization.this.name
  module_provider = "aws"
  name            = "vpc"
  registry_name   = "private"
}

output "team" {
  value = tfe_team.operators.id
}

output "task" {
  value = tfe_organization_run_task.scan.name
}

output "policy" {
  value = tfe_policy.names.id
}

output "policy_set" {
  value = tfe_policy_set.production.id
}

output "module" {
  value = tfe_registry_module.vpc.id
}
