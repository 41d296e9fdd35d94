// Everything that the service needs on Azure, in a resource group of its own. infra/README.md tells of each part.

targetScope = 'subscription'

import { uploads } from 'names.bicep'

@description('Names the deployment; part of the names of its resources.')
@minLength(1)
@maxLength(40)
param environmentName string

@description('Where everything lies. Flex Consumption is not in every region.')
@minLength(1)
@metadata({ azd: { type: 'location' } })
param location string

@description('Object id of whoever deploys, who may then put secrets into the vault; empty for nobody.')
param principalId string = ''

@description('What the deployer is.')
@allowed(['User', 'ServicePrincipal', 'Group'])
param principalType string = 'User'

@description('The webhook\'s secret, put into the vault and nowhere else; empty leaves the one that is there alone.')
@secure()
param githubWebhookSecret string = ''

@description('The organisation whose bill is asked for every hour; empty for none.')
param githubOrganization string = ''

@description('The enterprise whose bill is asked for every hour; empty for none.')
param githubEnterprise string = ''

@description('The GitHub App\'s number; its private key must then be in the vault. Empty for no App.')
param githubAppId string = ''

@description('Whether the token for GitHub\'s bill is in the vault. A reference to a secret that is not there stops the start.')
param githubTokenInVault bool = false

@description('More settings: names without TokenLedger__, such as Workflows__Include__0, and their values.')
param moreSettings object = {}

@description('More settings that lie in the vault: names without TokenLedger__, and what each is called in the vault.')
param vaultReferences object = {}

@description('Whether the account\'s keys open the storage too. Power BI Desktop signs in to tables by key only.')
param allowSharedKeyAccess bool = false

@description('Memory of an instance in MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 512

@description('The most instances at once.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Instances that wait for HTTP requests at all times, which costs money at all times.')
@minValue(0)
@maxValue(10)
param alwaysReadyInstances int = 0

@description('Who is written to when an alert fires; empty for nobody.')
param alertEmail string = ''

@description('How long no delivery at all may come before an alert fires; off for no such alert.')
@allowed(['off', 'PT6H', 'P1D', 'P2D'])
param webhookSilence string = 'P1D'

@description('The app registration that people sign in to the dashboard with; empty for no sign-in and no dashboard.')
param dashboardClientId string = ''

var tags = { 'azd-env-name': environmentName }
var token = uniqueString(subscription().id, environmentName, location)
// Known before anything is there, so that a preview tells them too.
var names = {
  identity: 'id-tokenledger-${token}'
  storage: 'st${token}'
  vault: 'kv-${token}'
  workspace: 'log-tokenledger-${token}'
  insights: 'appi-tokenledger-${token}'
  topic: 'egst-tokenledger-${token}'
  plan: 'plan-tokenledger-${token}'
  app: 'func-tokenledger-${token}'
  alerts: 'alert-tokenledger-${token}'
}

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: 'rg-tokenledger-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: {
    name: names.identity
    location: location
    tags: tags
  }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: names.storage
    location: location
    tags: tags
    allowSharedKeyAccess: allowSharedKeyAccess
  }
}

module vault 'modules/vault.bicep' = {
  scope: group
  params: {
    name: names.vault
    location: location
    tags: tags
    webhookSecret: githubWebhookSecret
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    workspaceName: names.workspace
    name: names.insights
    location: location
    tags: tags
    storageAccountName: names.storage
  }
  dependsOn: [storage]
}

module events 'modules/events.bicep' = {
  scope: group
  params: {
    name: names.topic
    location: location
    tags: tags
    storageAccountName: names.storage
  }
  dependsOn: [storage]
}

module roles 'modules/roles.bicep' = {
  scope: group
  params: {
    storageAccountName: names.storage
    vaultName: names.vault
    insightsName: names.insights
    principalId: identity.outputs.principalId
    deployerId: principalId
    deployerType: principalType
  }
  dependsOn: [
    monitoring
    storage
    vault
  ]
}

module functions 'modules/functions.bicep' = {
  scope: group
  params: {
    planName: names.plan
    name: names.app
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageAccountName: names.storage
    blobEndpoint: storage.outputs.blobEndpoint
    insightsConnectionString: monitoring.outputs.connectionString
    vaultUri: vault.outputs.uri
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyInstances: alwaysReadyInstances
    githubOrganization: githubOrganization
    githubEnterprise: githubEnterprise
    githubAppId: githubAppId
    githubTokenInVault: githubTokenInVault
    moreSettings: moreSettings
    vaultReferences: vaultReferences
    dashboardClientId: dashboardClientId
  }
  // The host's first look at its storage, and the first secret, need the roles.
  dependsOn: [roles]
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    prefix: names.alerts
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    email: alertEmail
    silence: webhookSilence
  }
}

@description('What GitHub must deliver to.')
output WEBHOOK_URL string = functions.outputs.webhookUrl

@description('How the service is; open to everybody.')
output HEALTH_URL string = '${functions.outputs.url}/api/health'

@description('The container that token logs are put into.')
output UPLOADS_URL string = '${storage.outputs.blobEndpoint}${uploads}'

output FUNCTION_APP_NAME string = names.app
output STORAGE_ACCOUNT_NAME string = names.storage
output KEY_VAULT_NAME string = names.vault
output AZURE_RESOURCE_GROUP string = group.name
output AZURE_LOCATION string = location
