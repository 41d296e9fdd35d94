namespace TokenLedger.Hosting.Configuration;

/// <summary>The keys below <c>TokenLedger:</c>; <c>N</c> stands for a number, <c>*</c> for a name.</summary>
internal static class ConfigurationKeys
{
    private static readonly string[][] Known =
    [
        .. new[]
        {
            "Storage:Kind", "Storage:Sqlite:Path",
            "Storage:Azure:ConnectionString", "Storage:Azure:AccountName",
            "Storage:Azure:BlobEndpoint", "Storage:Azure:QueueEndpoint", "Storage:Azure:TableEndpoint",
            "GitHub:ApiUrl", "GitHub:Token", "GitHub:WebhookSecrets:N", "GitHub:AppId", "GitHub:PrivateKey",
            "Collecting:Since", "Collecting:RetrySeconds:N", "Reconciling:DelaySeconds", "Serve:ApiKey",
            "Workflows:Include:N",
            "Findings:Actions:N:Code", "Findings:Actions:N:Workflow", "Findings:Actions:N:Do",
            "Findings:Actions:N:AtStakeUsd",
            "Attribution:Rules:N:Match:Repository", "Attribution:Rules:N:Match:Workflow",
            "Attribution:Rules:N:Match:Branch", "Attribution:Rules:N:Match:Actor",
            "Attribution:Rules:N:Match:Event", "Attribution:Rules:N:Match:Engine",
            "Attribution:Rules:N:Team", "Attribution:Rules:N:TaskType", "Attribution:Rules:N:Tags:*",
            "Attribution:Weights:*",
            "Alerts:CooldownMinutes", "Alerts:FindingsAtLeastUsd",
            "Alerts:Channels:N:Kind", "Alerts:Channels:N:Name", "Alerts:Channels:N:Repository",
            "Alerts:Channels:N:Label", "Alerts:Channels:N:Url", "Alerts:Channels:N:Budgets:N",
            "Alerts:Channels:N:Findings",
            "Sources:N:Name", "Sources:N:Kind",
            "Sources:N:Organization", "Sources:N:Enterprise", "Sources:N:CostCenter", "Sources:N:User",
            "Sources:N:Views:N", "Sources:N:Users:N",
            "Sources:N:ApiUrl", "Sources:N:Token",
            "Sources:N:Pays:Organizations:N", "Sources:N:Pays:Repositories:N", "Sources:N:Pays:Payers:N",
            "Sources:N:Included:N:Plan", "Sources:N:Included:N:Seats", "Sources:N:Included:N:Promotional",
            "Sources:N:Included:N:AiCredits", "Sources:N:Included:N:CostCenter",
            "Sources:N:Included:N:From", "Sources:N:Included:N:To",
            "Sources:N:CreditPools:N:Name", "Sources:N:CreditPools:N:AmountUsd", "Sources:N:CreditPools:N:CycleDay",
            "Sources:N:CreditPools:N:From", "Sources:N:CreditPools:N:To",
            "Sources:N:Buckets:N:Exclusive",
            "Sources:N:Buckets:N:Match:Workspace", "Sources:N:Buckets:N:Match:Project",
            "Sources:N:Buckets:N:Match:ApiKey", "Sources:N:Buckets:N:Match:User",
            "Sources:N:Buckets:N:Match:CostCenter", "Sources:N:Buckets:N:Match:Repository",
            "Budgets:N:Name", "Budgets:N:Period", "Budgets:N:RollingDays", "Budgets:N:AmountUsd",
            "Budgets:N:AmountAiCredits", "Budgets:N:Measure", "Budgets:N:Include", "Budgets:N:Thresholds:N",
            "Budgets:N:Enforcement", "Budgets:N:WhenIncomplete",
            "Budgets:N:Scope:Organization", "Budgets:N:Scope:Repository", "Budgets:N:Scope:Workflow",
            "Budgets:N:Scope:Team", "Budgets:N:Scope:Person", "Budgets:N:Scope:CostCenter", "Budgets:N:Scope:Model",
            "Budgets:N:Scope:Channel", "Budgets:N:Scope:CreditPool", "Budgets:N:Scope:Tags:*",
        }.Select(key => key.Split(':')),
    ];

    /// <summary>Whether a key is known; names are compared without case, as everywhere in .NET configuration.</summary>
    public static bool IsKnown(string key)
    {
        var parts = key.Split(':');
        return Array.Exists(Known, known => known.Length == parts.Length && known.Zip(parts).All(pair =>
            string.Equals(pair.First, "N", StringComparison.Ordinal)
                ? pair.Second.Length > 0 && pair.Second.All(char.IsAsciiDigit)
                : string.Equals(pair.First, "*", StringComparison.Ordinal) ? pair.Second.Length > 0
                : string.Equals(pair.First, pair.Second, StringComparison.OrdinalIgnoreCase)));
    }
}
