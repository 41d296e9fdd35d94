// Where telemetry goes: a workspace, and Application Insights on it that takes nothing without an identity.

param workspaceName string
param name string
param location string
param tags object

@description('The account whose queues are watched.')
param storageAccountName string

@description('Days that telemetry is kept; the first 31 are in the price of taking it in.')
@minValue(30)
@maxValue(730)
param retentionDays int = 30

@description('Gigabytes a day after which nothing more is taken in: what a fault in a loop may cost.')
@minValue(1)
param dailyGigabytes int = 1

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    workspaceCapping: { dailyQuotaGb: dailyGigabytes }
    features: { disableLocalAuth: true }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: name
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    DisableLocalAuth: true
    IngestionMode: 'LogAnalytics'
    WorkspaceResourceId: workspace.id
  }
}

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: storageAccountName

  resource messages 'queueServices' existing = {
    name: 'default'
  }
}

// The account's metrics tell no queue from another. Its log of writes does, and so tells of a poison message whoever
// laid it there.
resource queueWrites 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'queue-writes'
  scope: account::messages
  properties: {
    workspaceId: workspace.id
    logs: [
      { category: 'StorageWrite', enabled: true }
    ]
  }
}

output workspaceId string = workspace.id
output connectionString string = insights.properties.ConnectionString
