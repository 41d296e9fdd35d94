// The app: a custom handler on Flex Consumption, its settings, and who may see the dashboard.

import { packages, secrets, webhook } from '../names.bicep'

param planName string
param name string
param location string
param tags object

@description('The identity that it runs as: resource id and client id.')
param identityId string
param identityClientId string

param storageAccountName string
param blobEndpoint string
param insightsConnectionString string
param vaultUri string

@allowed([512, 2048, 4096])
param instanceMemoryMB int

@minValue(40)
@maxValue(1000)
param maximumInstanceCount int

@minValue(0)
param alwaysReadyInstances int

param githubOrganization string
param githubEnterprise string
param githubAppId string
param githubTokenInVault bool
param moreSettings object
param vaultReferences object
param dashboardClientId string

func inVault(vaultUri string, secret string) string => '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${secret})'

var isDashboardOn = !empty(dashboardClientId)

// What the Functions host and the platform read.
var hostSettings = {
  AzureWebJobsStorage__accountName: storageAccountName
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  AZURE_CLIENT_ID: identityClientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
}

// What the service reads. A key that it does not know stops its start.
var requiredSettings = {
  TokenLedger__Storage__Kind: 'azure'
  TokenLedger__Storage__Azure__AccountName: storageAccountName
  TokenLedger__GitHub__WebhookSecrets__0: inVault(vaultUri, secrets.webhook)
}
var appSettings = empty(githubAppId)
  ? {}
  : {
      TokenLedger__GitHub__AppId: githubAppId
      TokenLedger__GitHub__PrivateKey: inVault(vaultUri, secrets.privateKey)
    }
var tokenSettings = githubTokenInVault
  ? {
      TokenLedger__GitHub__Token: inVault(vaultUri, secrets.token)
    }
  : {}
var sourceSettings = empty(githubOrganization) && empty(githubEnterprise)
  ? {}
  : {
      TokenLedger__Sources__0__Kind: 'github'
    }
var organizationSettings = empty(githubOrganization)
  ? {}
  : {
      TokenLedger__Sources__0__Organization: githubOrganization
    }
var enterpriseSettings = empty(githubEnterprise)
  ? {}
  : {
      TokenLedger__Sources__0__Enterprise: githubEnterprise
    }
var otherSettings = toObject(items(moreSettings), item => 'TokenLedger__${item.key}', item => string(item.value))
var otherSecrets = toObject(
  items(vaultReferences),
  item => 'TokenLedger__${item.key}',
  item => inVault(vaultUri, string(item.value))
)

// The sign-in to the dashboard proves itself by the identity, so that the app registration needs no secret.
var signInSettings = isDashboardOn
  ? {
      OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID: identityClientId
      WEBSITE_AUTH_AAD_ALLOWED_TENANTS: tenant().tenantId
    }
  : {}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  // azd finds the app by this.
  tags: union(tags, { 'azd-service-name': 'functions' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    siteConfig: { minTlsVersion: '1.2' }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${blobEndpoint}${packages}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'custom'
        version: '1.0'
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        // GitHub waits 10 seconds for an answer: an instance that waits for it costs money and spares the cold start.
        alwaysReady: alwaysReadyInstances == 0
          ? []
          : [
              {
                name: 'http'
                instanceCount: alwaysReadyInstances
              }
            ]
      }
    }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: union(
      hostSettings,
      signInSettings,
      sourceSettings,
      organizationSettings,
      enterpriseSettings,
      appSettings,
      tokenSettings,
      otherSettings,
      otherSecrets,
      requiredSettings
    )
  }

  resource signIn 'config' = {
    name: 'authsettingsV2'
    properties: {
      platform: { enabled: isDashboardOn }
      // The webhook and the API have their own doors, so anybody may pass here. The dashboard itself refuses whoever
      // comes without the header that the platform sets after a sign-in, and strips from everybody else.
      globalValidation: {
        requireAuthentication: false
        unauthenticatedClientAction: 'AllowAnonymous'
      }
      httpSettings: { requireHttps: true }
      identityProviders: isDashboardOn
        ? {
            azureActiveDirectory: {
              enabled: true
              registration: {
                clientId: dashboardClientId
                clientSecretSettingName: 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID'
                openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
              }
              validation: {
                allowedAudiences: [dashboardClientId, 'api://${dashboardClientId}']
              }
            }
          }
        : {}
    }
  }

  // Deployment signs in by identity; user name and password are not needed for it.
  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

output url string = 'https://${app.properties.defaultHostName}'
output webhookUrl string = 'https://${app.properties.defaultHostName}/${webhook.path}'
