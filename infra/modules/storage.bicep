// One account for the ledger and the Functions host: its triggers read the ledger's queues.

import { containers, packages, poisonQueues, queues, tables } from '../names.bicep'

param name string
param location string
param tags object

@description('Whether the account\'s keys open it too. Power BI Desktop needs one; everything here signs in by identity.')
param allowSharedKeyAccess bool

@description('Days that a deleted blob can be brought back.')
@minValue(1)
@maxValue(365)
param deletedBlobDays int = 7

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: 'Standard_LRS' }
  kind: 'StorageV2'
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: allowSharedKeyAccess
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      // Raw files are the source of every table.
      deleteRetentionPolicy: { enabled: true, days: deletedBlobDays }
      containerDeleteRetentionPolicy: { enabled: true, days: deletedBlobDays }
    }

    resource ledger 'containers' = [
      for container in concat(containers, [packages]): {
        name: container
      }
    ]
  }

  resource messages 'queueServices' = {
    name: 'default'

    resource ledger 'queues' = [
      for queue in concat(queues, poisonQueues): {
        name: queue
      }
    ]
  }

  resource rows 'tableServices' = {
    name: 'default'

    resource ledger 'tables' = [
      for table in tables: {
        name: table
      }
    ]
  }
}

output blobEndpoint string = account.properties.primaryEndpoints.blob
