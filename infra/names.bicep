// What the code calls things. A test holds these lists against the code's own.

@export()
@description('Containers of the ledger, as in LedgerNames.Containers.')
var containers = [
  'run-logs'
  'bills'
  'outcomes'
]

@export()
@description('The container that a user, or the service, puts token logs into.')
var uploads = 'run-logs'

@export()
@description('The container that the package is deployed from.')
var packages = 'app-package'

@export()
@description('Tables of the ledger, as in LedgerNames.Tables.')
var tables = [
  'runs'
  'runindex'
  'runusage'
  'rejectedlines'
  'observations'
  'charges'
  'shares'
  'unallocated'
  'settlements'
  'revisions'
  'dailycosts'
  'deliveries'
  'checkpoints'
  'alerts'
  'actions'
  'alertoutbox'
  'budgetdays'
  'budgetoverrides'
  'budgetstatus'
  'calibrationpoints'
  'findingdecisions'
  'findings'
  'metrics'
  'outcomeindex'
  'outcomes'
  'providerbudgets'
  'reservations'
  'runfeatures'
  'runwork'
  'workflowdays'
]

@export()
@description('Queues of the ledger, as in QueueNames.All. Each has a poison queue beside it.')
var queues = [
  'collect-run'
  'log-uploaded'
  'export-report'
  'reconcile-day'
  'evaluate-budgets'
]

@export()
@description('Where the host lays messages that failed every time.')
var poisonQueues = map(queues, queue => '${queue}-poison')

@export()
@description('The queue that Event Grid tells of uploads.')
var uploadQueue = 'log-uploaded'

@export()
@description('Of the webhook: its function, and its route at the front door.')
var webhook = {
  function: 'GitHubWebhook'
  path: 'api/github/webhooks'
}

@export()
@description('What the service itself writes below run-logs; its event would be work for nothing.')
var ownRecord = '/github/workflow_run.json'

@export()
@description('Secrets in the vault, by what they are for.')
var secrets = {
  webhook: 'github-webhook-secret'
  privateKey: 'github-app-private-key'
  token: 'github-token'
}
