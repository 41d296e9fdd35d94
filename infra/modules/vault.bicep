// The secrets. Whoever may read them is told by roles, not by the vault's own policies.

import { secrets } from '../names.bicep'

param name string
param location string
param tags object

@description('The webhook\'s secret; empty leaves the one that is there alone.')
@secure()
param webhookSecret string

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 7
  }

  resource webhook 'secrets' = if (!empty(webhookSecret)) {
    name: secrets.webhook
    properties: {
      contentType: 'text/plain'
      value: webhookSecret
    }
  }
}

output uri string = vault.properties.vaultUri
