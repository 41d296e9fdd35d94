using Azure.Core;

namespace TokenLedger.Storage.Azure.Accounts;

/// <summary>How storage is spoken to: retries, time-outs, transport, what may appear in logs.</summary>
/// <remarks>
/// By default an attempt may take 60 seconds and is repeated up to five times, waiting 0.5 to 30 seconds or as long
/// as the service asks for. Bodies are never logged; headers and parameters that are not listed here are redacted.
/// </remarks>
public sealed class StorageClientOptions : ClientOptions
{
    // 2020-12-06: the oldest that knows Entra tokens for all three services, and bodies of up to 5000 MiB.
    internal const string ServiceVersion = "2020-12-06";

    private static readonly string[] HarmlessHeaders =
    [
        "x-ms-version", "x-ms-date", "x-ms-error-code", "x-ms-blob-type", "x-ms-lease-action", "x-ms-lease-state",
        "x-ms-approximate-messages-count", "DataServiceVersion", "Content-Range",
    ];

    private static readonly string[] HarmlessParameters =
        ["comp", "restype", "numofmessages", "visibilitytimeout", "messagettl", "maxresults", "$top"];

    public StorageClientOptions()
    {
        Retry.Mode = RetryMode.Exponential;
        Retry.MaxRetries = 5;
        Retry.Delay = TimeSpan.FromSeconds(0.5);
        Retry.MaxDelay = TimeSpan.FromSeconds(30);
        Retry.NetworkTimeout = TimeSpan.FromSeconds(60);
        Diagnostics.IsLoggingContentEnabled = false;
        Diagnostics.IsTelemetryEnabled = false;
        foreach (var name in HarmlessHeaders)
            Diagnostics.LoggedHeaderNames.Add(name);
        foreach (var name in HarmlessParameters)
            Diagnostics.LoggedQueryParameters.Add(name);
    }

    /// <summary>A request is not repeated when the service asks for a longer wait than this.</summary>
    /// <remarks>The failure carries the wait, so that the work can be put off instead of slept over.</remarks>
    public TimeSpan RetryAfterMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The clock of signatures.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
