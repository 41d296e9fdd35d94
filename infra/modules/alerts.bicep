// Two things that nobody would notice: messages that failed for good, and a webhook that has gone quiet.

import { poisonQueues, webhook } from '../names.bicep'

param prefix string
param location string
param tags object

@description('The workspace of Application Insights and of the queues\' log.')
param workspaceId string

@description('Who is written to; empty for nobody: the alerts are then seen in the portal alone.')
param email string

@description('How long no delivery at all may come; off for no rule.')
@allowed(['off', 'PT6H', 'P1D', 'P2D'])
param silence string

// Nothing on Azure can be asked for one queue's depth in a rule. Two witnesses tell of a message that was laid there: the
// account's own log, and the host's warning when it moves one.
var poisonQuery = join(
  [
    'let poison = dynamic(${string(poisonQueues)});'
    'union isfuzzy=true'
    '(StorageQueueLogs | where OperationName == "PutMessage" and (Uri has_any (poison) or ObjectKey has_any (poison)) | project TimeGenerated),'
    '(AppTraces | where Message has "Moving message to queue" and Message has_any (poison) | project TimeGenerated)'
  ],
  '\n'
)

// Only what was taken counts: a wrong secret makes every delivery an answer of 401. The host names a request by its
// function or by its route, as its mode of telemetry has it.
var deliveriesQuery = join(
  [
    'AppRequests'
    '| where ResultCode startswith "2"'
    '| where Name == "${webhook.function}" or Name has "${webhook.path}" or Url has "/${webhook.path}"'
    '| summarize Deliveries = count()'
  ],
  '\n'
)

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: '${prefix}-people'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'TokenLedger'
    emailReceivers: [
      {
        name: 'email'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

var actions = empty(email) ? {} : { actionGroups: [people.id] }

resource poison 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: '${prefix}-poison'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'TokenLedger: messages failed for good'
    description: 'A message failed five times and lies on a poison queue. /api/health tells which; docs/operating.md tells what to do.'
    severity: 1
    enabled: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT15M'
    // The account's log comes some minutes late.
    windowSize: 'PT30M'
    criteria: {
      allOf: [
        {
          query: poisonQuery
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    // The message stays there until somebody has looked.
    autoMitigate: false
    muteActionsDuration: 'PT1H'
    // A new workspace has none of the tables yet.
    skipQueryValidation: true
    actions: actions
  }
}

resource silent 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = if (silence != 'off') {
  name: '${prefix}-silent-webhook'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'TokenLedger: no webhook delivery was taken'
    description: 'GitHub has not delivered, or its deliveries are refused: look at the App\'s or the webhook\'s recent deliveries.'
    severity: 2
    enabled: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT1H'
    windowSize: silence
    criteria: {
      allOf: [
        {
          query: deliveriesQuery
          timeAggregation: 'Total'
          metricMeasureColumn: 'Deliveries'
          operator: 'LessThan'
          threshold: 1
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    autoMitigate: true
    skipQueryValidation: true
    actions: actions
  }
}
